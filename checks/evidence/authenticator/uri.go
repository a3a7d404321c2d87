package authenticator

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strings"

	"unlisted/checks/evidence"
)

// uriList imports a text file with an otpauth link on each line, as Ente,
// Aegis and others write it, and Google Authenticator's transfer links.
type uriList struct{}

var _ evidence.Importer = uriList{}

// Format implements evidence.Importer.
func (uriList) Format() evidence.Format {
	return evidence.Format{ID: "otpauth-list", Family: family}
}

const (
	uriScheme       = "otpauth://"
	migrationScheme = "otpauth-migration://"
	maxLine         = 1 << 20 // bytes; a transfer link has a few KiB
)

// Recognise implements evidence.Importer.
func (uriList) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	lines := evidence.TextLines(bytes.NewReader(in.Head), maxLine)
	for lines.Scan() {
		line := linkOf(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if hasScheme(line, uriScheme) || hasScheme(line, migrationScheme) {
			return evidence.Sure
		}
		if !otherLink.MatchString(line) {
			return evidence.No
		}
	}
	return evidence.No
}

// otherLink are links that stand in such lists and are not read: those of mOTP,
// of Microsoft's app, of Steam.
var otherLink = regexp.MustCompile(`^(?i)[a-z][a-z0-9+-]{2,20}://`)

// coded is an otpauth link inside the address of a picture that shows it, or one
// that is percent-coded as a whole.
var coded = regexp.MustCompile(`(?i)(?:^|=)(otpauth(?:-migration)?(?:%3a|:)(?:%2f|/){2}[^&\s]*)`)

// linkOf is the link of a line of a list, without what stands around it.
func linkOf(line string) string {
	line = bare(line)
	if rest, ok := strings.CutPrefix(strings.ToLower(line), "otpauth:"); ok && !strings.HasPrefix(rest, "//") {
		return uriScheme + line[len("otpauth:"):] // as apps that write links by hand do
	}
	if hasScheme(line, uriScheme) || hasScheme(line, migrationScheme) {
		return line
	}
	if m := coded.FindStringSubmatch(line); m != nil {
		link := m[1]
		if strings.Contains(strings.ToLower(link), "%3a%2f%2f") {
			link = unescape(link)
		}
		return link
	}
	return line
}

// bare is a line without the quotes, brackets and bullets that lists put around
// a link.
func bare(line string) string {
	return strings.Trim(line, " \t\r\u00a0\ufeff\"'<>`,;*•-")
}

func hasScheme(s, scheme string) bool {
	return len(s) >= len(scheme) && strings.EqualFold(s[:len(scheme)], scheme)
}

// Read implements evidence.Importer.
func (uriList) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	var parts batches
	lines := evidence.TextLines(evidence.Counted(ctx, f, out), maxLine)
	for lines.Scan() {
		if err := ctx.Err(); err != nil {
			return err
		}
		readLine(linkOf(lines.Text()), in.Label, &parts, out)
	}
	parts.report(in.Label, out)
	return lines.Err()
}

// readLine reads one line of a list.
func readLine(line, label string, parts *batches, out evidence.Sink) {
	switch {
	case line == "" || strings.HasPrefix(line, "#"):
	case hasScheme(line, migrationScheme):
		if err := readMigration(html.UnescapeString(line), parts, out); err != nil {
			out.Problem(*evidence.NewProblem(label, "error.evidence.damaged"))
		}
	case hasScheme(line, uriScheme):
		e, _ := parseURI(line)
		record(out, e)
	default:
		out.Item()
		out.Skip(evidence.Broken, "")
	}
}

// parameters finds where the parameters of a link start. Some sites write another
// sign than "?" before the first, code it, or leave it out.
var parameters = regexp.MustCompile(
	`(?i)(?:(?:[?&/;\s]|%3f|%26|%2f|%20)+(?:secret|issuer|algorithm|digits|period|counter|image|codedisplay)|secret)(?:=|%3d)`,
)

// parseURI reads what an otpauth link says beside its secret, by Google's "Key
// URI Format": TYPE/LABEL?parameters, the issuer before a colon in the label or
// as a parameter, which wins. Ente adds codeDisplay.
func parseURI(s string) (e entry, ok bool) {
	if s = strings.TrimSpace(s); !hasScheme(s, uriScheme) {
		return entry{}, false
	}
	s = strings.TrimLeft(html.UnescapeString(s[len(uriScheme):]), "/")
	path, query, _ := strings.Cut(s, "?")
	if at := parameters.FindStringIndex(s); at != nil && at[0] <= len(path) {
		path, query = s[:at[0]], strings.TrimLeft(s[at[0]:], "?&/; \t")
		if strings.HasPrefix(query, "%") || !strings.Contains(query, "=") { // coded as a whole
			query = strings.TrimLeft(unescape(query), "?&/; \t")
		}
	}
	kind, label, _ := strings.Cut(path, "/")
	e.kind = kind
	if before, after, found := strings.Cut(label, ":"); found {
		e.issuer, e.account = strings.TrimSpace(unescape(before)), strings.TrimSpace(unescape(after))
	} else {
		e.issuer, e.account = splitLabel(unescape(label))
	}
	for part := range strings.FieldsFuncSeq(query, func(r rune) bool { return r == '&' || r == ';' || r == '?' }) {
		key, value, _ := strings.Cut(part, "=")
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "issuer":
			e.issuer = firstOf(tidy(unescape(strings.ReplaceAll(value, "+", " "))), e.issuer)
		case "codedisplay":
			e.trashed = trashed(unescape(strings.ReplaceAll(value, "+", " ")))
		}
	}
	return e, true
}

// unescape decodes percent signs; broken ones stay as they are.
func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

func trashed(codeDisplay string) bool {
	var v struct {
		Trashed bool `json:"trashed"`
	}
	return json.Unmarshal([]byte(codeDisplay), &v) == nil && v.Trashed
}
