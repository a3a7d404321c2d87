// Command unlisted-cli does on the command line what the window does: for
// screen readers, scripts, servers and tests. With --json standard output is
// one JSON document; messages go to standard error.
package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"unlisted/assets"
	"unlisted/checks/atomicfile"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/overview"
	"unlisted/checks/place"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
	"unlisted/checks/sample"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/checks/update"

	"github.com/spf13/cobra"
)

// version is set by the build from FyneApp.toml.
var version = "devel"

// Exit codes of the command-line contract.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitLocked  = 3
	exitConsent = 4
)

// failure ends the program with a code; the sentence is told by err, or where that is nil was told already.
type failure struct {
	code int
	err  error
}

func (f *failure) Error() string {
	if f.err == nil {
		return ""
	}
	return f.err.Error()
}
func (f *failure) Unwrap() error { return f.err }

// cli is one run.
type cli struct {
	options
	ctx      context.Context
	in       io.Reader
	out, err io.Writer
	tree     *command // the whole command line
	keys     keystore.Store
	signedBy ed25519.PublicKey // of data sets; nil: the embedded one

	texts     *text.Catalog
	text      *text.Printer
	catalog   *catalog.Catalog
	breaches  *breach.Catalogue
	known     update.Data
	importers []evidence.Importer
	session   *session.Session
	store     *profile.Store
}

// memory is how much the program lets garbage grow before it collects more
// eagerly: most of what any file may make it take.
const memory = 192 << 20

func main() {
	debug.SetMemoryLimit(memory)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	c := &cli{ctx: ctx, in: os.Stdin, out: os.Stdout, err: os.Stderr, keys: &keystore.System{}}
	code := c.run(os.Args[1:])
	stop()
	os.Exit(code)
}

// run carries one command line out and returns the exit code.
func (c *cli) run(args []string) int {
	c.out, c.err = text.Writer(c.out), text.Writer(c.err)
	cmd, err := c.execute(args)
	code := exitDone
	if err != nil {
		code = c.fail(err, cmd)
	}
	if err := c.close(); err != nil {
		code = max(code, c.fail(err, cmd))
	}
	return code
}

// execute finds the command that is meant and carries it out.
func (c *cli) execute(args []string) (*cobra.Command, error) {
	root, err := c.root(args)
	if err != nil {
		return nil, err
	}
	if word, found := misread(args); found {
		cmd, _, err := root.Find(args)
		return cmd, errors.Join(err, unknownFlag(cmd, word))
	}
	return root.ExecuteC()
}

// errStopped is what a person ended who pressed Ctrl-C.
var errStopped = &text.Error{Key: "error.cli.stopped"}

// fail tells what is wrong and returns the exit code that says so.
func (c *cli) fail(err error, cmd *cobra.Command) int {
	var w *wrong
	if errors.As(err, &w) {
		c.tellWrong(w, cmd)
		return exitUsage
	}
	var f *failure
	errors.As(err, &f)
	if errors.Is(err, context.Canceled) {
		err = errStopped
	}
	closed := []error{
		profile.ErrLocked, profile.ErrPassphrase, profile.ErrDamaged, profile.ErrNewer, profile.ErrInUse,
		profile.ErrRecoveryKey, profile.ErrLink, profile.ErrNotAFile,
	}
	switch {
	case f != nil && f.err == nil:
	case c.text != nil:
		fmt.Fprintln(c.err, c.text.Sentence(err))
	default:
		fmt.Fprintln(c.err, err)
	}
	switch {
	case f != nil:
		return f.code
	case slices.ContainsFunc(closed, func(e error) bool { return errors.Is(err, e) }):
		return exitLocked
	}
	return exitFailed
}

// open opens the profile the flags name; a missing one is made only where
// create is set.
func (c *cli) open(create bool) error {
	switch {
	case c.sample:
		p, err := sample.Profile(c.ctx, assets.Sub("sample"), c.importers, time.Now())
		if err != nil {
			return err
		}
		c.session = session.New(p, nil, time.Now)
		return nil
	case c.temporary:
		c.session = session.New(&profile.Profile{Version: profile.Version, Created: time.Now()}, nil, time.Now)
		return nil
	}
	secret, err := c.secret()
	if err == nil {
		err = c.where()
	}
	if err != nil {
		return err
	}
	var p *profile.Profile
	c.store, p, err = profile.Open(c.ctx, c.path, c.keys, secret)
	if errors.Is(err, profile.ErrNone) && create && c.recovery == "" {
		c.store, p, err = profile.Create(c.ctx, c.path, c.keys, secret)
	}
	if err != nil {
		return err
	}
	c.use(p)
	return nil
}

// use opens a session on the profile of the open store.
func (c *cli) use(p *profile.Profile) {
	if l := p.Settings.Language; l != "" && c.lang == "" {
		c.text = c.texts.Printer(l)
	}
	c.session = session.New(p, c.store, time.Now)
}

// where settles which profile is meant.
func (c *cli) where() (err error) {
	if c.path != "" {
		return nil
	}
	if _, portable := place.Portable(); portable {
		c.keys = keystore.None{}
	}
	c.path, err = profile.DefaultPath()
	return err
}

// secret is what the profile is to be opened with: "" is the keyring.
func (c *cli) secret() (string, error) {
	if c.recovery == "" {
		return c.passphrase("--passphrase-file", c.passFile)
	}
	b, err := os.ReadFile(c.recovery)
	if err != nil {
		return "", usage("cli.wrong.file", "flag", "--recovery-key-file")
	}
	key, ok := profile.FindRecoveryKey(string(b))
	if !ok {
		return "", profile.ErrRecoveryKey
	}
	return key, nil
}

// passphrase is what the file that a flag names holds.
func (c *cli) passphrase(flag, file string) (string, error) {
	if file == "" {
		return "", nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return "", usage("cli.wrong.file", "flag", flag)
	}
	return strings.TrimRight(string(b), "\r\n"), nil
}

// writeFile puts what write writes at a place the person named: whole or not at
// all, for nobody else to read, and never over the profile.
func (c *cli) writeFile(name string, write func(io.Writer) error) error {
	paths := []string{c.path}
	if own, err := profile.DefaultPath(); err == nil {
		paths = append(paths, own)
	}
	for _, p := range paths {
		if p != "" && profile.Belongs(p, name) {
			over := &text.Error{Key: "error.file.profile", Args: map[string]any{"file": filepath.Base(name)}}
			return &failure{exitFailed, over}
		}
	}
	return atomicfile.Write(name, write)
}

// close saves what was changed, whatever came of the command, and lets the
// profile go. A save that failed is the run's failure.
func (c *cli) close() (err error) {
	if c.session != nil {
		err = c.session.Close()
	}
	if c.store != nil {
		err = errors.Join(err, c.store.Close())
	}
	return err
}

func (c *cli) overview() (o overview.Overview) {
	c.session.View(func(p *profile.Profile) { o = overview.Of(p, c.catalog, c.breaches) })
	return o
}

func (c *cli) name(id string) string {
	if p, ok := c.catalog.ByID(id); ok {
		return p.Name
	}
	return id
}

// printf prints for people on standard output; see fprintf.
func (c *cli) printf(format string, args ...any) { fprintf(c.out, format, args...) }

// fprintf prints for people; values from files, the network and the command line
// are made visible.
func fprintf(w io.Writer, format string, args ...any) {
	for i, a := range args {
		switch v := a.(type) {
		case string:
			args[i] = text.Visible(v)
		case fmt.Stringer:
			args[i] = text.Visible(v.String())
		}
	}
	fmt.Fprintf(w, format, args...)
}

func (c *cli) writeJSON(v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := c.out.Write(text.JSON(b.Bytes()))
	return err
}
