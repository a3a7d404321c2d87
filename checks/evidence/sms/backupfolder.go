package sms

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"howett.net/plist"

	"unlisted/checks/evidence"
)

// appleBackup imports the folder in which a computer keeps the backup of an
// iPhone: the messages, and the numbers of the phone (section B.3).
type appleBackup struct{ rules *classifier }

var _ evidence.Importer = appleBackup{}

// carrierFile is what a backup calls the carrier settings: the SHA-1 of
// "WirelessDomain-Library/Preferences/com.apple.commcenter.plist".
const carrierFile = "bfecaa9c467e3acb085a5b312bd27bdd5cd7579a"

// maxPlist bounds the property lists of a backup; real ones have kilobytes,
// those with a picture of the phone a few megabytes.
const maxPlist = 16 << 20

// Format implements evidence.Importer.
func (appleBackup) Format() evidence.Format {
	return evidence.Format{ID: "iphone-backup", Family: "messages", Tree: true, Whole: true}
}

// Recognise implements evidence.Importer.
func (appleBackup) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if len(backupRoots(in)) > 0 {
		return evidence.Sure
	}
	return evidence.No
}

// backupRoots lists the folders of backups: those with a manifest of Apple's
// kind beside a list of files.
func backupRoots(in evidence.Input) (out []string) {
	lists := map[string]bool{}
	for _, f := range in.Find("Manifest.db", "Manifest.mbdb") {
		lists[path.Dir(f)] = true
	}
	for _, f := range in.Find("Manifest.plist") {
		if lists[path.Dir(f)] && isPlist(in.FS, f) {
			out = append(out, path.Dir(f))
		}
	}
	return out
}

func isPlist(tree fs.FS, name string) bool {
	f, err := tree.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 512)
	n, _ := io.ReadFull(f, head)
	return bytes.HasPrefix(head[:n], []byte("bplist0")) || bytes.Contains(head[:n], []byte("<plist"))
}

// Read implements evidence.Importer.
func (a appleBackup) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	for _, root := range backupRoots(in) {
		err := a.backup(ctx, in, root, out)
		var p *evidence.Problem
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &p):
			out.Problem(*p)
		case err != nil:
			out.Problem(*evidence.NewProblem(in.Label, "error.evidence.damaged_member"))
		}
	}
	return nil
}

// backup reads one backup.
func (a appleBackup) backup(ctx context.Context, in evidence.Input, root string, out evidence.Sink) error {
	var manifest struct {
		IsEncrypted bool `plist:"IsEncrypted"`
	}
	if err := readPlist(in.FS, path.Join(root, "Manifest.plist"), &manifest); err != nil {
		return err
	}
	if manifest.IsEncrypted {
		return evidence.NewProblem(in.Label, "error.evidence.iphone_encrypted")
	}
	c := newCollector(a.rules, out)
	defer c.flush()
	var info struct {
		PhoneNumber string `plist:"Phone Number"`
	}
	if readPlist(in.FS, path.Join(root, "Info.plist"), &info) == nil {
		c.owner(info.PhoneNumber, "")
	}
	var carrier struct {
		PhoneNumber    string `plist:"PhoneNumber"`
		SIMPhoneNumber string `plist:"SIMPhoneNumber"`
	}
	if name := stored(in, root, carrierFile); name != "" && readPlist(in.FS, name, &carrier) == nil {
		c.owner(carrier.PhoneNumber, "")
		c.owner(carrier.SIMPhoneNumber, "")
	}
	name := stored(in, root, messagesFile)
	if name == "" {
		return evidence.NewProblem(in.Label, "error.evidence.iphone_no_messages")
	}
	return readApple(ctx, in.FS, name, in.Label, 0, c)
}

// stored finds a file of a backup; before iOS 10 they all lay in one folder.
func stored(in evidence.Input, root, id string) string {
	for _, name := range []string{path.Join(root, id[:2], id), path.Join(root, id)} {
		if _, err := fs.Stat(in.FS, name); err == nil {
			return name
		}
	}
	return ""
}

// readPlist reads a property list of either form.
func readPlist(tree fs.FS, name string, into any) error {
	f, err := tree.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxPlist+1))
	if err != nil {
		return err
	}
	if len(b) > maxPlist ||
		!bytes.HasPrefix(b, []byte("bplist")) && !strings.Contains(string(b[:min(len(b), 512)]), "<plist") {
		return errNoPlist
	}
	_, err = plist.Unmarshal(b, into)
	return err
}

// errNoPlist is a property list too large or too odd to be one of a backup.
var errNoPlist = errors.New("no property list")
