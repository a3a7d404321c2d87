// Package here finds what Unlisted could read on a person's own computer: browsers, mail programs, phone backups,
// and exports that lie in the usual folders. It goes by names and folders alone and opens no file; reading what it
// finds is evidence.Scan's work, and waits for the person's yes. Where each thing lies is data: one file a source in
// the folder sources.
package here

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Kind is what a find is; "here.kind.<kind>" is its word.
type Kind string

// The kinds, in the order in which they are listed.
const (
	KindBrowser   Kind = "browser"
	KindMail      Kind = "mail"
	KindPhone     Kind = "phone"    // a backup of a phone
	KindMessages  Kind = "messages" // text messages
	KindVault     Kind = "vault"    // a password database, locked
	KindArchive   Kind = "archive"  // what a platform gave the person
	KindPasswords Kind = "passwords"
	KindCodes     Kind = "codes"
)

var kinds = []Kind{
	KindBrowser, KindMail, KindPhone, KindMessages, KindVault, KindArchive, KindPasswords, KindCodes,
}

// Need is what stands between a find and its reading; "here.need.<need>" says how it is given.
type Need string

// The needs.
const (
	NeedNothing  Need = ""
	NeedFullDisk Need = "full-disk" // macOS: Full Disk Access
	NeedFolders  Need = "folders"   // the system does not let this program look into the folder
	NeedPassword Need = "password"  // it is locked by a password of the person's
	NeedOwner    Need = "owner"     // it belongs to another user of this computer
	NeedCloud    Need = "cloud"     // it is not on this computer: opening it would fetch it
	NeedNetwork  Need = "network"   // it is on a network drive
	NeedChoice   Need = "choice"    // there are too many files to look through: the person has to choose
)

// Found is one thing that could be read.
type Found struct {
	Source   string    `json:"source"`             // the data file that says where it lies
	Name     string    `json:"name"`               // of the program, the platform or the file
	Kind     Kind      `json:"kind"`               //
	Proves   string    `json:"proves"`             // "here.proves.<proves>" says what reading it shows
	Paths    []string  `json:"paths"`              // for evidence.Scan; none where the system does not let us look
	Parts    []string  `json:"parts,omitempty"`    // profiles of a browser, accounts of a mail program
	Folder   string    `json:"folder,omitempty"`   // "downloads", "documents" or "desktop" of a file that lies there
	Bytes    int64     `json:"bytes"`              //
	More     bool      `json:"more,omitempty"`     // Bytes is a lower bound: there was too much to count
	Modified time.Time `json:"modified,omitzero"`  // the latest change
	Seconds  int       `json:"seconds"`            // that reading takes, roughly; at least 1
	Need     Need      `json:"need,omitempty"`     // what stands between it and its reading
	Clear    bool      `json:"in_clear,omitempty"` // holds passwords or codes in clear, if it is what its name says
}

// Key tells a find apart from the others of one look.
func (f Found) Key() string { return f.Source + "\n" + strings.Join(f.Paths, "\n") }

// Readable reports whether it can be read without a further permission.
func (f Found) Readable() bool { return f.Need == NeedNothing && len(f.Paths) > 0 }

// Ticked reports whether it is offered ticked: what programs keep. A file that lies about is for the person to pick.
func (f Found) Ticked() bool { return f.Readable() && f.Folder == "" }

// Limits of a look. It takes well under a second on a home of any size.
const (
	maxNames  = 100_000         // of one folder
	maxVisits = 200_000         // names in all, of the usual folders with all that is in them
	maxTree   = 3_000           // files of one mail folder whose sizes are added up
	maxTime   = 3 * time.Second // then what was found is all
	maxFiles  = 400             // finds in the usual folders
)

// Rates by which the time of a reading is guessed, in bytes a second, on a machine of some years.
const (
	mailRate  = 200 << 20
	otherRate = 50 << 20
)

// Look finds what could be read on a computer. What does not exist is left out; what exists and may not be looked
// into is listed with its Need. The error is the context's only: what was found before comes with it.
func Look(ctx context.Context, at Computer) ([]Found, error) {
	l := &looker{at: at, ctx: ctx, until: time.Now().Add(maxTime), visits: maxVisits}
	l.taken, l.cut = map[string]bool{}, map[string]bool{}
	all := sources()
	for _, s := range all {
		if len(s.Files) == 0 {
			l.program(s)
		}
	}
	l.lyingAbout(all)
	slices.SortStableFunc(l.found, inOrder)
	return l.found, ctx.Err()
}

// inOrder lists by kind; of one kind programs by name, then files and backups, the newest first.
func inOrder(a, b Found) int {
	byAge := func(f Found) int {
		if f.Folder != "" || f.Kind == KindPhone {
			return 1
		}
		return 0
	}
	newest := b.Modified.Compare(a.Modified) * byAge(a)
	return cmp.Or(cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(byAge(a), byAge(b)),
		newest, strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)))
}

// seconds guesses how long reading takes.
func seconds(s source, bytes int64) int {
	if s.Seconds > 0 {
		return s.Seconds
	}
	rate := int64(otherRate)
	if s.Kind == KindMail {
		rate = mailRate
	}
	return int(max(1, (bytes+rate-1)/rate))
}

// partOf is what the person may know a part of a program's data by: the account of a mail program, the profile of a
// browser. root is the program's folder.
func partOf(root, path string, kind Kind) string {
	if kind == KindMail {
		return filepath.Base(path)
	}
	dir := filepath.Dir(path)
	if dir == root {
		return filepath.Base(root)
	}
	name := filepath.Base(dir)
	if _, rest, salted := strings.Cut(name, "."); salted && rest != "" { // Firefox: "x7k2p1ab.default-release"
		return rest
	}
	return name
}
