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
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"unlisted/assets"
	"unlisted/checks/atomicfile"
	"unlisted/checks/breach"
	allsources "unlisted/checks/breach/all"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
	"unlisted/checks/sample"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/checks/update"
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
	ctx       context.Context
	in        io.Reader
	out, err  io.Writer
	json      bool
	lang      string
	path      string
	temporary bool
	sample    bool
	passFile  string
	recovery  string // file that holds the recovery key
	base      string
	mailBase  string
	keyFiles  map[string]*string // by source, of the person's own keys
	keys      keystore.Store
	signedBy  ed25519.PublicKey // of data sets; nil: the embedded one

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
	rest, err := c.flags(args)
	if err == nil {
		err = c.command(rest)
	}
	code := exitDone
	if err != nil {
		code = c.fail(err)
	}
	if err := c.close(); err != nil {
		code = max(code, c.fail(err))
	}
	return code
}

// errStopped is what a person ended who pressed Ctrl-C.
type errStopped struct{}

func (errStopped) Error() string                     { return "stopped" }
func (errStopped) Explain() (string, map[string]any) { return "error.cli.stopped", nil }

func (c *cli) fail(err error) int {
	var f *failure
	if errors.As(err, &f) && f.code == exitUsage {
		fmt.Fprintln(c.err, f.err)
		return exitUsage
	}
	if errors.Is(err, context.Canceled) {
		err = errStopped{}
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
	case errors.Is(err, profile.ErrLocked), errors.Is(err, profile.ErrPassphrase), errors.Is(err, profile.ErrDamaged), errors.Is(err, profile.ErrNewer), errors.Is(err, profile.ErrInUse),
		errors.Is(err, profile.ErrRecoveryKey), errors.Is(err, profile.ErrLink), errors.Is(err, profile.ErrNotAFile):
		return exitLocked
	}
	return exitFailed
}

func usage(format string, args ...any) error {
	return &failure{exitUsage, fmt.Errorf(format, args...)}
}

func (c *cli) flags(args []string) ([]string, error) {
	f := flag.NewFlagSet("unlisted-cli", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&c.path, "profile", "", "")
	f.BoolVar(&c.temporary, "temporary", false, "")
	f.BoolVar(&c.sample, "sample", false, "")
	f.StringVar(&c.passFile, "passphrase-file", "", "")
	f.StringVar(&c.recovery, "recovery-key-file", "", "")
	f.StringVar(&c.lang, "lang", "", "")
	f.BoolVar(&c.json, "json", false, "")
	f.StringVar(&c.base, "sources-base", "", "")
	f.StringVar(&c.mailBase, "mail-base", "", "")
	c.keyFiles = map[string]*string{}
	for _, k := range allsources.Keys() {
		c.keyFiles[k.ID] = f.String(k.ID+"-key-file", "", "")
	}
	if err := f.Parse(args); err != nil {
		return nil, usage("%s", help())
	}
	if f.NArg() == 0 {
		return nil, usage("%s", help())
	}
	return f.Args(), c.load()
}

// load reads everything embedded.
func (c *cli) load() (err error) {
	if c.texts, err = text.Load(assets.Sub("text")); err != nil {
		return err
	}
	wishes := []string{c.lang}
	system, _ := text.System()
	c.text = c.texts.Printer(c.texts.Match(append(wishes, system...)...))
	c.importers = all.Importers()
	return c.loadData()
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
	if c.path == "" {
		c.path, err = profile.DefaultPath()
	}
	return err
}

// secret is what the profile is to be opened with: "" is the keyring.
func (c *cli) secret() (string, error) {
	if c.recovery == "" {
		return c.passphrase(c.passFile)
	}
	b, err := os.ReadFile(c.recovery)
	if err != nil {
		return "", usage("the file with the recovery key cannot be read")
	}
	key, ok := profile.FindRecoveryKey(string(b))
	if !ok {
		return "", profile.ErrRecoveryKey
	}
	return key, nil
}

func (c *cli) passphrase(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return "", usage("the passphrase file cannot be read")
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
			return &failure{exitFailed, overProfile{name}}
		}
	}
	return atomicfile.Write(name, write)
}

type overProfile struct{ file string }

func (overProfile) Error() string { return "a file of the profile" }
func (e overProfile) Explain() (string, map[string]any) {
	return "error.file.profile", map[string]any{"file": filepath.Base(e.file)}
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
