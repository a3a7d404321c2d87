package evidence

import (
	"context"
	"io"
	"io/fs"
	"os"
	"strings"

	"unlisted/checks/identifier"
)

// Format describes what an importer reads. Texts are keys:
// "format.<id>" is the title and "format.<id>.how" says how to get the file.
type Format struct {
	ID     string // stable, such as "chrome-csv", "mbox", "x-archive"
	Family string // "logins", "mailbox", "archive", ...
	Tree   bool   // reads a whole folder or archive instead of one file
	Whole  bool   // of a tree: no other importer finds anything in it, so its files are not offered one by one
	Site   string // the platform whose archive it is, as the catalogue calls it; "" for all others
}

// The families that decide something; see Format.Family.
const (
	familyCodes   = "authenticator"
	familyArchive = "archive" // archives that platforms make of an account
	FamilyMail    = "mailbox" // mail, which anybody can send
	FamilyLogins  = "logins"  // saved logins
)

// Certainty is how sure an importer is that a file is its own; the surest wins.
type Certainty uint8

// The degrees of certainty.
const (
	No Certainty = iota
	Maybe
	Sure
)

// Input is one file, or one folder or archive seen as a tree: FS makes them
// look alike. Head holds the first bytes of a file, read once.
type Input struct {
	Label string   // the person's name for it: base name, with "!member" inside an archive
	FS    fs.FS    // read-only
	Name  string   // path of the file in FS; "." for a tree
	Size  int64    // bytes of the file, uncompressed; 0 for a tree
	Head  []byte   // first 64 KiB of a file; nil for a tree
	Files []string // of a tree: every regular file in FS, sorted, noise left out

	Keys   []string          // of a JSON file: keys near its top that stand behind Head
	Schema map[string]string // of a SQLite database: its tables and the statements that made them, in lower case; see HasTable
}

// FileInput looks at one file as every importer of single files needs it. The error is that of opening it.
func FileInput(ctx context.Context, label string, tree fs.FS, name string, size int64) (Input, error) {
	head, err := readHead(tree, name)
	if err != nil {
		return Input{}, err
	}
	return Input{
		Label: label, FS: tree, Name: name, Size: size, Head: head,
		Keys: lateKeys(ctx, tree, name, size, head), Schema: readSchema(ctx, tree, name, size, head),
	}, nil
}

// HeadText is the head of a file as text, and behind it in quotes the keys that only come later: what a JSON file is
// does not depend on the order of its keys.
func (in Input) HeadText() string {
	text := HeadText(in.Head)
	for _, k := range in.Keys {
		text += "\n\"" + k + "\":"
	}
	return text
}

// Open opens the file of a single-file input.
func (in Input) Open() (io.ReadCloser, error) { return in.FS.Open(in.Name) }

// Find returns the files of a tree whose path ends in one of the suffixes,
// on a path boundary, without regard to case: roots of archives vary.
func (in Input) Find(suffixes ...string) []string {
	var out []string
	lower := make([]string, len(suffixes))
	for i, s := range suffixes {
		lower[i] = strings.ToLower(s)
	}
	for _, f := range in.Files {
		low := strings.ToLower(f)
		for _, s := range lower {
			if low == s || strings.HasSuffix(low, "/"+s) {
				out = append(out, f)
				break
			}
		}
	}
	return out
}

// Importer reads one format. It must not keep what it reads beyond the
// findings, must return ctx.Err() soon after ctx is done, and must never panic
// on any bytes.
type Importer interface {
	Format() Format
	// Recognise decides by content; for a file it looks at Head, Keys and Schema only, for a
	// tree at Files and at most a few KiB of a member.
	Recognise(ctx context.Context, in Input) Certainty
	// Read streams the input. A returned error ends this input only; what was
	// handed to the sink before is kept.
	Read(ctx context.Context, in Input, out Sink) error
}

// Sink takes what an importer finds; the importer knows no progress bar and no
// account.
type Sink interface {
	Finding(Finding) // Format and Source are filled in by the scan
	Problem(Problem) // damaged, encrypted, cut off; goes on
	Item()           // one record read
	Skip(
		why Reason,
		name string,
	) // one record passed over; name is what the person knows it by, never a secret, may be ""
	Advance(bytes int64)          // bytes consumed of a file, for progress
	Region() string               // the person's region for national numbers, may be ""
	Own() []identifier.Identifier // the person's own identifiers, to find them in bodies
	Unlock() []Unlock             // what the person offers for encrypted files; often nothing
	// Secret notes that the account of f has this password, for reuse groups
	// only; nothing of it outlives the scan.
	Secret(password string, f Finding)
}

// Unlock is what the person offers to open an encrypted export with. It lives
// in memory for one scan.
type Unlock struct {
	Passphrase string
	KeyFile    []byte // contents of a key file; nil where there is none
}

// maxKeyFile bounds what is taken for a key file; KeePass makes them of a few
// hundred bytes, but takes any file.
const maxKeyFile = 16 << 20

// ReadKeyFile reads a file that opens an encrypted export. What is no regular
// file, too large for one, or cannot be read, is a Problem.
func ReadKeyFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxKeyFile {
		return nil, NewProblem(name, kindUnreadable)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, NewProblem(name, kindUnreadable)
	}
	defer f.Close()
	key, err := io.ReadAll(io.LimitReader(f, maxKeyFile))
	if err != nil {
		return nil, NewProblem(name, kindUnreadable)
	}
	return key, nil
}
