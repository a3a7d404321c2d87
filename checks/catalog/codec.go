package catalog

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// The embedded set is one text file: a first line that names the format, then
// one platform a line, its fields separated by tabs and the items of a list by
// the unit separator; then, after an empty line, one app a line: package, tab,
// platform. A line splits in one pass, which is what makes it load fast.
const (
	formatLine = "unlisted platforms 1"
	listSep    = "\x1f"
	partSep    = "\x1e"
	fieldCount = 18
)

// Encode writes platforms and the packages of their apps; equal input gives
// equal bytes.
func Encode(w io.Writer, platforms []*Platform, apps map[string]string) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, formatLine)
	for _, p := range platforms {
		fields := encodeFields(p)
		if strings.ContainsAny(strings.Join(fields, ""), "\t\n\r") {
			return fmt.Errorf("%s: a value holds a separator", p.ID)
		}
		fmt.Fprintln(b, strings.TrimRight(strings.Join(fields, "\t"), "\t"))
	}
	fmt.Fprintln(b)
	pkgs := make([]string, 0, len(apps))
	for pkg := range apps {
		pkgs = append(pkgs, pkg)
	}
	slices.Sort(pkgs)
	for _, pkg := range pkgs {
		fmt.Fprintf(b, "%s\t%s\n", pkg, apps[pkg])
	}
	return b.Flush()
}

func encodeFields(p *Platform) []string {
	methods := "?"
	if p.MethodsKnown {
		methods = ""
	}
	number := ""
	if p.NumberIsID {
		number = "1"
	}
	exit := string(p.Exit)
	if p.Exit == ExitUnknown {
		exit = ""
	}
	return []string{
		p.ID, p.Name, join(p.Domains[1:]), join(p.Aliases), join(p.Categories), join(p.Regions), methods + join(p.Methods),
		p.TwoFactorDoc, p.RecoveryDoc, parts(p.Passkey.Passwordless, p.Passkey.MFA, p.Passkey.Tested, p.Passkey.Manage),
		parts(
			p.Delete.URL,
			p.Delete.Difficulty,
			p.Delete.Email,
		), parts(p.GetData.URL, p.GetData.Difficulty, p.GetData.Email),
		p.ChangePassURL, parts(p.Contact.Name, p.Contact.Email, p.Contact.Webform, strings.ReplaceAll(p.Contact.Address, "\n", listSep)),
		exit, encodeSources(p.ExitSources), number, encodeSources(p.Sources),
	}
}

func join(list []string) string { return strings.Join(list, listSep) }

func parts(p ...string) string { return strings.TrimRight(strings.Join(p, partSep), partSep) }

func encodeSources(refs []SourceRef) string {
	out := make([]string, len(refs))
	for i, r := range refs {
		day := ""
		if !r.Checked.IsZero() {
			day = r.Checked.Format(time.DateOnly)
		}
		out[i] = parts(r.Title, day, r.URL, r.Confidence)
	}
	return join(out)
}

// decode reads what Encode wrote. It works on one string so that every field is
// a slice of it and nothing is copied.
func decode(s string) (platforms []Platform, apps map[string]string, err error) {
	first, s, _ := strings.Cut(s, "\n")
	if first != formatLine {
		return nil, nil, errors.New("catalogue: not in the format this program reads")
	}
	platforms = make([]Platform, 0, strings.Count(s, "\n"))
	for {
		line, rest, found := strings.Cut(s, "\n")
		if !found {
			return nil, nil, errors.New("catalogue: cut off")
		}
		s = rest
		if line == "" {
			break
		}
		platforms = append(platforms, Platform{})
		if err := decodeLine(line, &platforms[len(platforms)-1]); err != nil {
			return nil, nil, fmt.Errorf("catalogue: line %d: %w", len(platforms)+1, err)
		}
	}
	apps = map[string]string{}
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
		if pkg, id, ok := strings.Cut(line, "\t"); ok {
			apps[pkg] = id
		}
	}
	return platforms, apps, nil
}

func decodeLine(line string, p *Platform) error {
	var f [fieldCount]string
	n := 0
	for field := range strings.SplitSeq(line, "\t") {
		if n == fieldCount {
			return errors.New("too many fields")
		}
		f[n] = field
		n++
	}
	if f[0] == "" || f[1] == "" {
		return errors.New("no id or name")
	}
	methods, unknown := strings.CutPrefix(f[6], "?")
	pk, del, get, contact := cut(f[9]), cut(f[10]), cut(f[11]), cut(f[13])
	*p = Platform{
		ID: f[0], Name: f[1], Domains: append([]string{f[0]}, list(f[2])...), Aliases: list(f[3]), Categories: list(f[4]),
		Regions: list(f[5]), Methods: list(methods), MethodsKnown: !unknown, TwoFactorDoc: f[7], RecoveryDoc: f[8],
		Passkey:       Passkey{Passwordless: pk[0], MFA: pk[1], Tested: pk[2], Manage: pk[3]},
		Delete:        Link{URL: del[0], Difficulty: del[1], Email: del[2]},
		GetData:       Link{URL: get[0], Difficulty: get[1], Email: get[2]},
		ChangePassURL: f[12],
		Contact: Contact{
			Name:    contact[0],
			Email:   contact[1],
			Webform: contact[2],
			Address: strings.ReplaceAll(contact[3], listSep, "\n"),
		},
		Exit: ExitRating(
			f[14],
		), ExitSources: decodeSources(f[15]), NumberIsID: f[16] == "1", Sources: decodeSources(f[17]),
	}
	if p.Exit == "" {
		p.Exit = ExitUnknown
	}
	return nil
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, listSep)
}

func cut(s string) (out [4]string) {
	for i := range out {
		var found bool
		if out[i], s, found = strings.Cut(s, partSep); !found {
			break
		}
	}
	return out
}

func decodeSources(s string) []SourceRef {
	if s == "" {
		return nil
	}
	refs := make([]SourceRef, 0, 4)
	for part := range strings.SplitSeq(s, listSep) {
		c := cut(part)
		ref := SourceRef{Title: c[0], URL: c[2], Confidence: c[3]}
		if c[1] != "" {
			ref.Checked, _ = time.Parse(time.DateOnly, c[1])
		}
		refs = append(refs, ref)
	}
	return refs
}
