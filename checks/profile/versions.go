package profile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"filippo.io/age"

	"unlisted/checks/atomicfile"
	"unlisted/checks/profile/keystore"
)

// apart is how far previous versions lie apart at least, from PATH.2 on: many
// saves within a minute would otherwise push out every older state. PATH.1 is
// always the save before the present one.
const apart = 10 * time.Minute

// rotate keeps the present file at target as PATH.1, and what was PATH.1 as
// PATH.2 where it is far enough from that one. PATH itself never disappears.
func rotate(target string) error {
	now, err := os.Stat(target)
	if err != nil {
		return nil // nothing to keep yet
	}
	v := versions(target)
	first, err := os.Stat(v[0])
	if err == nil && os.SameFile(now, first) {
		return nil // the save before failed after this
	}
	if err == nil && farEnough(first, v[1]) {
		for i := len(v) - 1; i > 0; i-- {
			if err := os.Rename(v[i-1], v[i]); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return keepAs(target, v[0], now.ModTime())
}

// farEnough compares two versions by their dates. A date before that of the older
// one comes of a clock that was wrong for a time, and holds nothing up.
func farEnough(newer os.FileInfo, older string) bool {
	info, err := os.Stat(older)
	if err != nil {
		return true
	}
	d := newer.ModTime().Sub(info.ModTime())
	return d < 0 || d >= apart
}

// keepAs makes the file at target stand at version too.
func keepAs(target, version string, saved time.Time) error {
	temp := version + ".tmp-link"
	if err := os.Link(target, temp); err == nil {
		defer os.Remove(temp) // stays behind where both names are one file already
		return os.Rename(temp, version)
	}
	b, err := readFile(target, maxFile) // file systems without hard links
	if err != nil {
		return err
	}
	if err := atomicfile.WriteBytes(version, b); err != nil {
		return err
	}
	return os.Chtimes(version, saved, saved)
}

// Contents counts what is in a profile.
type Contents struct {
	Identifiers int `json:"identifiers"`
	Sources     int `json:"sources"`
	Findings    int `json:"findings"`
	Claims      int `json:"claims"`
	Lookups     int `json:"lookups"`
	Steps       int `json:"steps"`
}

// Contents counts what is in the profile.
func (p *Profile) Contents() Contents {
	c := Contents{
		Identifiers: len(p.Identifiers), Sources: len(p.Scans), Findings: len(p.Findings),
		Claims: len(p.Claims), Lookups: len(p.Lookups),
	}
	for _, done := range p.Steps {
		c.Steps += len(done)
	}
	return c
}

// Sum is how much there is in all.
func (c Contents) Sum() int {
	return c.Identifiers + c.Sources + c.Findings + c.Claims + c.Lookups + c.Steps
}

// Revision is the profile as it is on the disk, or a previous version of it.
type Revision struct {
	N        int       // 0 is the present file
	Saved    time.Time // by the file's date
	Size     int64
	Contents Contents
	Err      error // why it cannot be read
}

// Revisions lists the present file and its previous versions, newest first; those
// that cannot be read too. secret is as for Open. Errors: those of Open, without
// ErrDamaged, ErrNewer and ErrInUse.
func Revisions(ctx context.Context, path string, keys keystore.Store, secret string) ([]Revision, error) {
	target, err := resolve(path)
	if err != nil {
		return nil, err
	}
	if !Exists(path) {
		return nil, ErrNone
	}
	key, err := findKey(ctx, path, keys, secret)
	if err != nil {
		return nil, err
	}
	return revisions(target, key), nil
}

func revisions(target string, key *age.X25519Identity) (out []Revision) {
	for n, name := range append([]string{target}, versions(target)...) {
		info, err := os.Stat(name)
		if err != nil {
			continue
		}
		r := Revision{N: n, Saved: info.ModTime(), Size: info.Size()}
		var p *Profile
		if p, r.Err = read(name, key); r.Err == nil {
			r.Contents = p.Contents()
		}
		out = append(out, r)
	}
	return out
}

// Newest is the version to restore where the person names none: the newest that
// can be read and is not empty, and the newest that can be read where all are
// empty. sure is false where an older one holds more than twice as much: something
// may have been lost in between, and the person should choose.
func Newest(list []Revision) (n int, sure bool) {
	best, fullest := -1, 0
	for i, r := range list {
		if r.N == 0 || r.Err != nil {
			continue
		}
		if best < 0 || list[best].Contents.Sum() == 0 && r.Contents.Sum() > 0 {
			best = i
		}
		fullest = max(fullest, r.Contents.Sum())
	}
	if best < 0 {
		return 0, false
	}
	return list[best].N, fullest <= 2*list[best].Contents.Sum()
}

// Restore puts a previous version in place of the profile and opens it: version n,
// or for 0 the one Newest names, if the present file cannot be read; if it can, it
// is opened as it is. A damaged file is kept aside, a good one becomes the newest
// previous version. secret is as for Open. Errors: ErrDamaged when none can be
// read, ErrNoVersion, ErrSave, and what Open gives.
func Restore(ctx context.Context, path string, keys keystore.Store, secret string, n int) (*Store, *Profile, error) {
	s, err := reach(ctx, path, keys, secret)
	if err != nil {
		return nil, nil, err
	}
	p, err := s.restore(n)
	if err != nil {
		return nil, nil, errors.Join(strange(err, secret), s.lock.Unlock())
	}
	return s, p, nil
}

func (s *Store) restore(n int) (*Profile, error) {
	list := revisions(s.target, s.key)
	var present *Revision
	if len(list) > 0 && list[0].N == 0 {
		present = &list[0]
	}
	if n == 0 {
		if present != nil && present.Err == nil {
			return s.load()
		}
		if present != nil && errors.Is(present.Err, ErrNewer) {
			return nil, present.Err
		}
		if n, _ = Newest(list); n == 0 {
			return nil, damaged(present)
		}
	}
	if n < 1 || n > keptVersions {
		return nil, ErrNoVersion
	}
	p, err := read(versions(s.target)[n-1], s.key)
	if err != nil {
		return nil, ErrNoVersion
	}
	if present != nil && present.Err != nil {
		if err := quarantine(s.target, "damaged"); err != nil {
			return nil, wrap(ErrSave, err)
		}
	}
	s.openLedger(p)
	return p, s.Save(p)
}

func damaged(present *Revision) error {
	if present != nil {
		return present.Err
	}
	return ErrDamaged
}

// isQuarantined reports whether a name is of something kept aside of the profile with
// that base name.
func isQuarantined(base, name string) bool {
	rest, ok := strings.CutPrefix(name, base+".")
	return ok && (strings.HasPrefix(rest, "damaged-") || strings.Contains(rest, ".unused-"))
}
