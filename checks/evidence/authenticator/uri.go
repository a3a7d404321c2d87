package authenticator

import (
	"bufio"
	"context"
	"encoding/json"
	"net/url"
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
	for line := range strings.Lines(evidence.HeadText(in.Head)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if hasScheme(line, uriScheme) || hasScheme(line, migrationScheme) {
			return evidence.Sure
		}
		return evidence.No
	}
	return evidence.No
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
	lines := bufio.NewScanner(evidence.Counted(ctx, f, out))
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		if err := ctx.Err(); err != nil {
			return err
		}
		readLine(strings.TrimSpace(lines.Text()), in.Label, &parts, out)
	}
	parts.report(in.Label, out)
	return lines.Err()
}

// readLine reads one line of a list.
func readLine(line, label string, parts *batches, out evidence.Sink) {
	switch {
	case line == "" || strings.HasPrefix(line, "#"):
	case hasScheme(line, migrationScheme):
		if err := readMigration(line, parts, out); err != nil {
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

// parseURI reads what an otpauth link says beside its secret, by Google's "Key
// URI Format": TYPE/LABEL?parameters, the issuer before a colon in the label or
// as a parameter, which wins. Ente adds codeDisplay.
func parseURI(s string) (e entry, ok bool) {
	if !hasScheme(s, uriScheme) {
		return entry{}, false
	}
	path, query, _ := strings.Cut(s[len(uriScheme):], "?")
	kind, label, ok := strings.Cut(path, "/")
	if !ok {
		return entry{}, false
	}
	e.kind = kind
	if before, after, found := strings.Cut(label, ":"); found {
		e.issuer, e.account = strings.TrimSpace(unescape(before)), strings.TrimSpace(unescape(after))
	} else {
		e.issuer, e.account = splitLabel(unescape(label))
	}
	for part := range strings.SplitSeq(query, "&") {
		key, value, _ := strings.Cut(part, "=")
		switch strings.ToLower(key) {
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
