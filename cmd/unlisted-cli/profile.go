package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"unlisted/checks/profile"
	"unlisted/checks/text"
)

// profileCommand looks after the profile's file itself: how it opens, and what
// there was before.
func profileCommand(c *cli) *command {
	file, fresh := "", ""
	exits := []int{exitDone, exitFailed, exitUsage, exitLocked}
	sub := func(name string, most int, run func(args []string) error) *command {
		return c.command("profile "+name, words(0, most), func(args []string) error {
			if c.temporary || c.sample {
				return usage("cli.wrong.profile")
			}
			if err := c.where(); err != nil {
				return err
			}
			return run(args)
		}, exits...)
	}
	plain := func(run func() error) func([]string) error { return func([]string) error { return run() } }
	key := sub("recovery-key", 0, func([]string) error { return c.recoveryKey(file) })
	key.output(&file)
	key.completes("output", files())
	passphrase := sub("passphrase", 0, func([]string) error { return c.newPassphrase(fresh) })
	passphrase.value(&fresh, "new-passphrase-file")
	return c.command("profile", words(1, 1), nil, exits...).add(
		sub("status", 0, plain(c.profileStatus)), sub("versions", 0, plain(c.profileVersions)),
		sub("restore", 1, c.restoreProfile), key, passphrase,
		sub("keyring", 0, plain(c.useKeyring)), sub("forget-keyring", 0, plain(c.forgetKeyring)),
	)
}

// revisionJSON is the profile, or a previous version of it, in the documents of
// status and versions.
type revisionJSON struct {
	N        int               `json:"n"` // 0 is the present file
	Saved    time.Time         `json:"saved"`
	Bytes    int64             `json:"bytes"`
	Opens    bool              `json:"opens"`
	Contents *profile.Contents `json:"contents,omitempty"`
}

func revisionOf(r profile.Revision) revisionJSON {
	out := revisionJSON{N: r.N, Saved: r.Saved.UTC().Truncate(time.Second), Bytes: r.Size, Opens: r.Err == nil}
	if r.Err == nil {
		out.Contents = &r.Contents
	}
	return out
}

func (c *cli) revisions() ([]profile.Revision, error) {
	secret, err := c.secret()
	if err != nil {
		return nil, err
	}
	return profile.Revisions(c.ctx, c.path, c.keys, secret)
}

// profileStatus says where the profile stands, what opens it and what is in it.
func (c *cli) profileStatus() error {
	list, err := c.revisions()
	passphrase, keyring := profile.HasPassphrase(c.path), profile.InKeyring(c.path)
	var present *profile.Revision
	if len(list) > 0 && list[0].N == 0 {
		present, list = &list[0], list[1:]
	}
	if err == nil && present == nil {
		err = profile.ErrDamaged
	} else if err == nil {
		err = present.Err
	}
	if c.json {
		doc := map[string]any{
			"path": c.path, "exists": profile.Exists(c.path), "opens": err == nil,
			"passphrase": passphrase, "keyring": keyring, "versions": len(list), "schema": profile.Version,
		}
		if err == nil {
			doc["contents"], doc["bytes"] = present.Contents, present.Size
			doc["saved"] = present.Saved.UTC().Truncate(time.Second)
		}
		return errors.Join(c.writeJSON(doc), err)
	}
	c.printf("%s\n", c.text.T("profile.at", "path", c.path))
	if keyring {
		c.printf("%s\n", c.text.T("profile.by.keyring"))
	}
	if passphrase {
		c.printf("%s\n", c.text.T("profile.by.passphrase"))
	}
	if err != nil {
		return err
	}
	c.printf("%s\n", c.revisionLine(*present))
	c.printf("%s\n", c.text.N("profile.kept", len(list)))
	return nil
}

func (c *cli) revisionLine(r profile.Revision) string {
	saved := r.Saved.Local().Format(time.DateTime)
	if r.Err != nil {
		return c.text.T("profile.version.bad", "saved", saved)
	}
	number := func(n int) string { return c.text.Number(int64(n)) }
	k := r.Contents
	return c.text.T("profile.version", "saved", saved, "identifiers", number(k.Identifiers),
		"findings", number(k.Findings), "claims", number(k.Claims), "lookups", number(k.Lookups), "steps", number(k.Steps))
}

// profileVersions lists the present file and what was kept of before.
func (c *cli) profileVersions() error {
	list, err := c.revisions()
	if err != nil {
		return err
	}
	if c.json {
		out := []revisionJSON{}
		for _, r := range list {
			out = append(out, revisionOf(r))
		}
		return c.writeJSON(map[string]any{"versions": out})
	}
	c.listVersions(list)
	return nil
}

func (c *cli) listVersions(list []profile.Revision) {
	for _, r := range list {
		mark := strconv.Itoa(r.N)
		if r.N == 0 {
			mark = c.text.T("profile.version.present")
		}
		c.printf("%s: %s\n", mark, c.revisionLine(r))
	}
}

// The ways restore wants a number.
var (
	errChoose = &text.Error{Key: "error.profile.choose"}
	errOpens  = &text.Error{Key: "error.profile.opens"}
)

// restoreProfile brings a previous version back: the one named, or the newest
// where that is plainly right.
func (c *cli) restoreProfile(args []string) error {
	n := 0
	if len(args) == 1 {
		var err error
		if n, err = strconv.Atoi(args[0]); err != nil || n < 1 {
			return usage("cli.wrong.version")
		}
	} else if err := c.restorable(); err != nil {
		return err
	}
	secret, err := c.secret()
	if err != nil {
		return err
	}
	var p *profile.Profile
	if c.store, p, err = profile.Restore(c.ctx, c.path, c.keys, secret, n); err != nil {
		return err
	}
	c.use(p)
	if c.json {
		return c.writeJSON(map[string]any{"restored": p.Contents()})
	}
	c.printf("%s\n", c.text.T("profile.restored"))
	return c.profileVersions()
}

// restorable says why it would not be plainly right to restore the newest
// version, and lists what there is.
func (c *cli) restorable() error {
	list, err := c.revisions()
	if err != nil {
		return err
	}
	var refused error
	if len(list) > 0 && list[0].N == 0 && list[0].Err == nil {
		refused = errOpens
	} else if n, sure := profile.Newest(list); n > 0 && !sure {
		refused = errChoose
	}
	if refused == nil {
		return nil
	}
	if !c.json {
		c.listVersions(list)
	}
	return &failure{exitFailed, refused}
}

// recoveryKey prints the key that opens the profile where all else fails.
func (c *cli) recoveryKey(file string) error {
	if err := c.open(false); err != nil {
		return err
	}
	key := c.store.RecoveryKey()
	if file != "" {
		return c.writeFile(file, func(w io.Writer) error { return c.keyPage(w, key) })
	}
	if c.json {
		return c.writeJSON(map[string]any{"recovery_key": key})
	}
	return c.keyPage(c.out, key)
}

func (c *cli) keyPage(w io.Writer, key string) error {
	title, how := c.text.T("profile.key.title"), c.text.T("profile.key.how", "file", c.path)
	_, err := fmt.Fprintf(w, "%s\n\n%s\n\n%s\n", title, key, how)
	return err
}

// newPassphrase sets or changes the passphrase.
func (c *cli) newPassphrase(file string) error {
	if file == "" {
		return usage("cli.wrong.needs", "flag", "--new-passphrase-file")
	}
	fresh, err := c.passphrase("--new-passphrase-file", file)
	if err != nil {
		return err
	}
	if err := c.open(false); err != nil {
		return err
	}
	if err := c.store.SetPassphrase(fresh); err != nil {
		return err
	}
	c.printf("%s\n", c.text.T("profile.passphrase.set"))
	return nil
}

// useKeyring puts the key into the system's keyring.
func (c *cli) useKeyring() error {
	if err := c.open(false); err != nil {
		return err
	}
	if err := c.store.UseKeyring(c.ctx); err != nil {
		return err
	}
	c.printf("%s\n", c.text.T("profile.keyring.kept"))
	return nil
}

// forgetKeyring takes the key out of the keyring, if what was given in place of
// it opens the profile.
func (c *cli) forgetKeyring() error {
	secret, err := c.secret()
	if err == nil && secret == "" {
		err = profile.ErrUntried
	}
	if err == nil {
		err = c.open(false)
	}
	if err == nil {
		err = c.store.ForgetKeyring(c.ctx, secret)
	}
	if err != nil {
		return err
	}
	c.printf("%s\n", c.text.T("profile.keyring.forgotten"))
	return nil
}
