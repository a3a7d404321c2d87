package mailbox_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/mailbox"
	"unlisted/checks/identifier"
)

// noted is a sink that keeps what a test asks about.
type noted struct {
	count
	found []evidence.Finding
	why   map[evidence.Reason]int
	own   []identifier.Identifier
}

func (n *noted) Finding(f evidence.Finding)         { n.found = append(n.found, f) }
func (n *noted) Skip(why evidence.Reason, _ string) { n.why[why]++ }
func (n *noted) Own() []identifier.Identifier       { return n.own }

// sites are the platforms with an account, each once.
func (n *noted) sites() []string {
	var out []string
	for _, f := range n.found {
		if f.Fact == evidence.FactAccount {
			out = append(out, f.Site)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// strangers are all identifiers but pat's.
func (n *noted) strangers() (out []string) {
	for _, f := range n.found {
		if v := f.Identifier.Value; v != "" && v != "pat.doe@gmail.example" {
			out = append(out, v)
		}
	}
	return out
}

// box reads a file with the first importer that knows it.
func box(t interface{ Fatalf(string, ...any) }, name, content string) *noted {
	out := &noted{}
	read(t, name, content, out)
	return out
}

func read(t interface{ Fatalf(string, ...any) }, name, content string, out *noted) {
	out.why = map[evidence.Reason]int{}
	in := evidence.Input{Label: name, FS: fstest.MapFS{name: {Data: []byte(content)}}, Name: name, Size: int64(len(content)), Head: []byte(content[:min(len(content), 64<<10)])}
	for _, imp := range mailbox.Importers() {
		if !imp.Format().Tree && imp.Recognise(context.Background(), in) == evidence.Sure {
			if err := imp.Read(context.Background(), in, out); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			return
		}
	}
	t.Fatalf("%.80q is not recognised", content)
}

// separators are the "From " lines that programs write, one a dialect.
var separators = map[string]func(from string, at time.Time) string{
	"asctime":          func(from string, at time.Time) string { return from + " " + at.Format(time.ANSIC) },
	"two-digit year":   func(_ string, at time.Time) string { return "???@??? " + at.Format("Mon Jan _2 15:04:05 06") },
	"Eudora":           func(_ string, at time.Time) string { return "???@??? " + at.Format(time.ANSIC) },
	"zone before year": func(from string, at time.Time) string { return from + " " + at.Format("Mon Jan _2 15:04:05 MST 2006") },
	"offset before year": func(from string, at time.Time) string {
		return from + " " + at.Format("Mon Jan _2 15:04:05 -0700 2006")
	},
	"offset after year": func(from string, at time.Time) string {
		return from + " " + at.Format("Mon Jan _2 15:04:05 2006 -0700")
	},
	"two zones": func(from string, at time.Time) string {
		return from + " " + at.Format("Mon Jan _2 15:04:05 2006") + " +0200 (CEST)"
	},
	"named zone": func(from string, at time.Time) string {
		return from + " " + at.Format("Mon Jan _2 15:04:05 2006") + " CET"
	},
	"RFC 822": func(from string, at time.Time) string { return from + " " + at.Format(time.RFC1123Z) },
	"RFC 850": func(from string, at time.Time) string {
		return from + " " + at.Format("Monday, 02-Jan-06 15:04:05 MST")
	},
	"day only":        func(_ string, at time.Time) string { return "x " + at.Format("Mon, 02-Jan-06") },
	"ISO day":         func(from string, at time.Time) string { return from + " " + at.Format(time.DateOnly) },
	"ISO":             func(from string, at time.Time) string { return from + " " + at.Format(time.RFC3339) },
	"ISO, name":       func(_ string, at time.Time) string { return "noreply " + at.Format("2006-01-02 15:04") },
	"no seconds":      func(from string, at time.Time) string { return from + " " + at.Format("Mon Jan _2 15:04 2006") },
	"day of the year": func(from string, at time.Time) string { return from + " " + at.Format("02/01/2006 15:04:05") },
	"daemon":          func(_ string, at time.Time) string { return "MAILER-DAEMON " + at.Format(time.ANSIC) },
	"empty sender":    func(_ string, at time.Time) string { return "<> " + at.Format(time.ANSIC) },
	"UUCP": func(_ string, at time.Time) string {
		return "shop!no-reply " + at.Format(time.ANSIC) + " remote from host"
	},
	"Thunderbird":       func(_ string, at time.Time) string { return "- " + at.Format(time.ANSIC) },
	"Thunderbird, bare": func(string, time.Time) string { return "- " },
	"Takeout": func(_ string, at time.Time) string {
		return fmt.Sprintf("%d@xxx %s", at.UnixNano(), at.Format("Mon Jan _2 15:04:05 -0700 2006"))
	},
	"bare":                func(string, time.Time) string { return "" },
	"no date, one word":   func(from string, _ time.Time) string { return from },
	"no date, some words": func(from string, _ time.Time) string { return from + " via list" },
}

var start = time.Date(2023, 11, 14, 22, 13, 20, 0, time.UTC)

// letter is one mail to pat from a shop of its own, without a separator.
func letter(i int, more, body string) string {
	site := fmt.Sprintf("shop%d.example", i)
	return strings.ReplaceAll(proven, "shop.example", site) + more + strings.ReplaceAll(plain, "shop.example", site) + fmt.Sprintf("Message-ID: <%d@%s>\nSubject: Welcome to Shop\n", i, site) + "\n" + body + "\n"
}

// foreign is a whole mail of somebody else's, as people paste and attach it.
func foreign(from string) string {
	return "From " + from + "\nFrom: Scam <no-reply@stranger.example>\nDelivered-To: somebody@else.example\nTo: somebody@else.example\nSubject: Welcome to Stranger\nDate: Sat, 1 Jan 2022 00:00:00 +0000\n" +
		"Authentication-Results: mx.google.com; dkim=pass header.i=@stranger.example; dmarc=pass header.from=stranger.example\n\nhello\n"
}

// Each dialect by itself, with each way lines end.
func TestSeparators(t *testing.T) {
	for name, sep := range separators {
		for _, end := range []string{"\n", "\r\n", "\r"} {
			var b strings.Builder
			for i := range 3 {
				b.WriteString("From " + sep(fmt.Sprintf("no-reply@shop%d.example", i), start.Add(time.Duration(i)*time.Hour)) + "\n" + letter(i, "", "Hi\n\nFrom the shop: to your door at 10:30 in 2023\n"))
				b.WriteString("\n")
			}
			out := box(t, "Inbox", strings.ReplaceAll(b.String(), "\n", end))
			if got := strings.Join(out.sites(), " "); got != "shop0.example shop1.example shop2.example" || out.items != 3 {
				t.Errorf("%s, lines end in %q: %d mails, %s", name, end, out.items, got)
			}
		}
	}
}

// Random mailboxes in a random dialect give back the mails that were put in, and
// nothing of the mails that are quoted or attached whole.
func TestMailboxes(t *testing.T) {
	names := make([]string, 0, len(separators))
	for n := range separators {
		names = append(names, n)
	}
	slices.Sort(names)
	rapid.Check(t, func(t *rapid.T) {
		g := writer{
			sep:     separators[rapid.SampledFrom(names).Draw(t, "dialect")],
			quoting: rapid.SampledFrom([]string{">", "length", "none"}).Draw(t, "quoting"),
		}
		n := rapid.IntRange(1, 12).Draw(t, "mails")
		var b strings.Builder
		b.WriteString(rapid.SampledFrom([]string{"", "\xef\xbb\xbf", "\n\n", "\x00\x00"}).Draw(t, "above"))
		var want []string
		for i := range n {
			b.WriteString(g.mail(t, i))
			want = append(want, fmt.Sprintf("shop%d.example", i))
		}
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "line end")
		if g.quoting == "length" {
			end = "\n" // a length counts bytes
		}
		out := box(t, "Inbox", strings.ReplaceAll(b.String(), "\n", end))
		slices.Sort(want)
		if got := out.sites(); !slices.Equal(got, want) || out.items-out.why[evidence.Quoted] != n || len(out.strangers()) != 0 {
			t.Fatalf("%d mails, passed over %v, strangers %q\ngot  %q\nwant %q\nin %q", out.items, out.why, out.strangers(), got, want, b.String())
		}
	})
}

// writer writes the mails of one random mailbox.
type writer struct {
	sep     func(string, time.Time) string
	quoting string // ">", "length": by Content-Length, "none"
}

func (w writer) mail(t *rapid.T, i int) string {
	at := start.Add(time.Duration(i) * time.Hour)
	from := fmt.Sprintf("no-reply@shop%d.example", i)
	quote := foreign(w.sep("no-reply@stranger.example", start.Add(-400*24*time.Hour)))
	more, body := "", ""
	switch rapid.SampledFrom([]string{"text", "prose", "paste", "patch", "attached", "nested", "cut off", "forwarded"}).Draw(t, "body") {
	case "text":
		body = strings.Repeat("Hello Pat,\n\n", rapid.IntRange(0, 40).Draw(t, "lines"))
	case "prose":
		body = "Hello\n\nFrom here on: all is well in 2023\nFrom Monday, 3 May 2021: closed\nFrom \n"
	case "paste":
		body = "Somebody pasted this:\n\n" + quote + "\nEnd of it.\n"
	case "patch":
		body = "Please apply\n\n" + strings.Replace(foreign("0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001"), "no-reply@stranger", "dev@stranger", 1)
	case "attached":
		more = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"=_b\"\n"
		body = "--=_b\nContent-Type: text/plain\n\nSee below.\n\n--=_b\nContent-Type: message/rfc822\n\n" + quote + "\n--=_b--\n"
	case "nested":
		more = "Content-Type: multipart/mixed;\n boundary=outer\n"
		body = "--outer\nContent-Type: multipart/alternative; boundary=inner\n\n--inner\n\n" + quote + "\n" + quote + "\n--inner--\n\n" + quote + "\n--outer\n\nBye\n--outer--\n\nsent from my phone\n"
	case "cut off":
		more = "Content-Type: multipart/mixed; boundary=same\n"
		body = "--same\nContent-Type: text/plain\n\nHello\n"
	case "forwarded":
		body = "---------- Forwarded message ----------\n" + strings.Replace(quote, "From ", "> From ", 1)
	}
	switch w.quoting {
	case ">":
		body = strings.ReplaceAll("\n"+body, "\nFrom ", "\n>From ")[1:]
	case "length":
		more += fmt.Sprintf("Content-Length: %d\n", len(body)+1)
	}
	return "From " + w.sep(from, at) + "\n" + letter(i, more, body) + "\n"
}
