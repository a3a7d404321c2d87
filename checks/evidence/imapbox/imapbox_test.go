package imapbox_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/imapbox"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
)

const (
	host     = "imap.mail.example"
	user     = "pat@mail.example"
	password = "sesame-of-pat"
	number   = "+33639980123"
)

// message is a mail as the fake server has it.
type message struct{ head, body, flags string }

func note(site, subject, body string) message {
	return message{head: "Delivered-To: " + user + "\r\nReceived: from x by mx.google.com; x\r\nAuthentication-Results: mx.google.com; dmarc=pass header.from=" + site + "\r\n" +
		"From: Team <no-reply@" + site + ">\r\nTo: " + user + "\r\nSubject: " + subject + "\r\nDate: Tue, 14 Nov 2023 22:13:19 +0000\r\n", body: body}
}

// fake is a mail server that speaks as little IMAP as is needed. Each command
// can be answered otherwise: say returns what to send in place of it, and false
// to do as usual.
type fake struct {
	greeting string
	caps     string
	list     []string // lines behind "* LIST "
	boxes    map[string][]message
	say      func(command, arguments, tag string) (string, bool)

	mu       sync.Mutex
	commands []string
	wrote    int
}

func usual() *fake {
	return &fake{
		greeting: "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready\r\n", caps: "IMAP4rev1 AUTH=PLAIN SASL-IR",
		list:  []string{`(\HasNoChildren) "/" INBOX`},
		boxes: map[string][]message{"INBOX": {note("shop.example", "Welcome to Shop", "Hi"), note("bank.example", "Your phone number was changed", "It is "+number), note("news.example", "-20 % today", "Buy")}},
	}
}

func (f *fake) serve(c net.Conn) {
	_, _ = io.WriteString(c, f.greeting)
	in := bufio.NewReader(c)
	box := ""
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		tag, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		command, arguments, _ := strings.Cut(rest, " ")
		if command == "UID" {
			var sub string
			sub, arguments, _ = strings.Cut(arguments, " ")
			command += " " + sub
		}
		f.mu.Lock()
		f.commands = append(f.commands, rest)
		f.mu.Unlock()
		if command == "EXAMINE" {
			box = strings.Trim(arguments, `"`)
		}
		out, ends := "", false
		if f.say != nil {
			out, ends = f.say(command, arguments, tag)
		}
		if !ends {
			out = f.answer(box, command, arguments, tag)
		}
		n, err := io.WriteString(c, out)
		f.mu.Lock()
		f.wrote += n
		f.mu.Unlock()
		if err != nil || strings.HasPrefix(out, "* BYE") || strings.HasSuffix(out, "CUT") {
			return
		}
	}
}

func (f *fake) answer(box, command, arguments, tag string) string {
	ok := tag + " OK done\r\n"
	mails := f.boxes[box]
	switch command {
	case "CAPABILITY":
		return "* CAPABILITY " + f.caps + "\r\n" + ok
	case "LIST":
		return "* LIST " + strings.Join(f.list, "\r\n* LIST ") + "\r\n" + ok
	case "EXAMINE":
		return fmt.Sprintf("* FLAGS (\\Seen)\r\n* %d EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT %d] x\r\n%s OK [READ-ONLY] done\r\n", len(mails), len(mails)+1, tag)
	case "UID SEARCH":
		all := ""
		for i := range mails {
			all += fmt.Sprintf(" %d", i+1)
		}
		return "* SEARCH" + all + "\r\n" + ok
	case "UID FETCH":
		return fetched(mails, arguments) + ok
	case "LOGOUT":
		return "* BYE bye\r\n" + ok
	}
	return ok
}

// fetched answers a FETCH of a set for the header or the text.
func fetched(mails []message, arguments string) string {
	set, what, _ := strings.Cut(arguments, " ")
	var b strings.Builder
	in := numbers(set, len(mails))
	for i, m := range mails {
		if !in[i+1] {
			continue
		}
		if strings.Contains(what, "HEADER") {
			head := m.head + "\r\n"
			fmt.Fprintf(&b, "* %d FETCH (UID %d FLAGS (%s) BODY[HEADER.FIELDS (\"FROM\")]<0> {%d}\r\n%s)\r\n", i+1, i+1, m.flags, len(head), head)
			continue
		}
		body := m.body[:min(len(m.body), 16<<10)]
		fmt.Fprintf(&b, "* %d FETCH (UID %d BODY[TEXT]<0> {%d}\r\n%s)\r\n", i+1, i+1, len(body), body)
	}
	return b.String()
}

// numbers are the members of a set.
func numbers(set string, most int) map[int]bool {
	out := map[int]bool{}
	for r := range strings.SplitSeq(set, ",") {
		from, to, ranged := strings.Cut(r, ":")
		first, _ := strconv.Atoi(from)
		last := first
		if ranged {
			last, _ = strconv.Atoi(to)
		}
		for n := first; n <= min(last, most); n++ {
			out[n] = true
		}
	}
	return out
}

// agreed is the person's yes to the fake's host.
var agreed = outbound.Yes(outbound.MailConsent(host))

// desk is a client that leads to a fake, with its ledger.
type desk struct {
	outbound.Dialer
	ledger outbound.Memory
}

func open(t testing.TB, f *fake) *desk {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { defer c.Close(); f.serve(c) }()
		}
	}()
	d := &desk{}
	client, err := outbound.New(outbound.Config{
		Ledger: &d.ledger, Now: time.Now,
		Base: "http://127.0.0.1:1", MailBase: "imap://" + l.Addr().String(),
	})
	if err != nil {
		t.Fatal(err)
	}
	d.Dialer = client
	return d
}

func account() imapbox.Account {
	return imapbox.Account{Host: host, User: user, Password: password}
}

func options() evidence.Options {
	id, _ := identifier.ParsePhone(number, "FR")
	return evidence.Options{Region: "FR", Own: []identifier.Identifier{id}}
}

func read(t testing.TB, f *fake, s imapbox.State) (evidence.Report, imapbox.State, error) {
	t.Helper()
	return imapbox.Read(t.Context(), open(t, f), agreed, account(), s, options(), nil)
}

func facts(r evidence.Report) []string {
	var out []string
	for _, f := range r.Findings {
		if f.Fact != evidence.FactOwn {
			out = append(out, fmt.Sprintf("%s %s %d", f.Site, f.Fact, f.Count))
		}
	}
	return out
}

func key(err error) string {
	var e interface {
		Explain() (string, map[string]any)
	}
	if !errors.As(err, &e) {
		return ""
	}
	k, _ := e.Explain()
	return k
}

var wanted = []string{
	"bank.example account 1", "bank.example holds-email 1", "bank.example holds-phone 1", "news.example mailed-you 1", "shop.example account 1", "shop.example holds-email 1",
}

// What is in the mailbox is found; the server is only asked to show, and the
// texts of few mails.
func TestRead(t *testing.T) {
	f := usual()
	report, state, err := read(t, f, imapbox.State{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(facts(report), wanted) {
		t.Errorf("found %q", facts(report))
	}
	if s := report.Sources; len(s) != 1 || s[0].Path != host+"!INBOX" || s[0].Format != "imap" || s[0].Items != 3 {
		t.Errorf("sources %+v", s)
	}
	if state.Folders["INBOX"] != (imapbox.Mark{Validity: 7, Last: 3}) {
		t.Errorf("state %+v", state.Folders)
	}
	for _, c := range f.commands {
		name, rest, _ := strings.Cut(c, " ")
		if !slices.Contains([]string{"CAPABILITY", "AUTHENTICATE", "LIST", "EXAMINE", "UID", "LOGOUT"}, name) {
			t.Errorf("the server was told %s", name)
		}
		if strings.HasPrefix(rest, "FETCH") && (!strings.Contains(rest, "BODY.PEEK[") || strings.Contains(rest, "BODY[")) {
			t.Errorf("asked for what marks mails as seen: %s", c)
		}
		if strings.Contains(rest, "BODY.PEEK[TEXT]") && c != "UID FETCH 1:2 (UID BODY.PEEK[TEXT]<0.16384>)" {
			t.Errorf("texts: %s", c)
		}
	}
}

// The second reading fetches only what is new, and a folder made anew is read
// from the start, in place of what was known of it.
func TestResume(t *testing.T) {
	f := usual()
	first, state, _ := read(t, f, imapbox.State{})
	f.boxes["INBOX"] = append(f.boxes["INBOX"], note("shop.example", "Welcome to Shop", "Hi"))
	f.commands = nil
	second, state, err := read(t, f, state)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(f.commands, func(c string) bool { return strings.HasPrefix(c, "UID FETCH 4 ") }) || slices.ContainsFunc(f.commands, func(c string) bool { return strings.HasPrefix(c, "UID FETCH 1") }) {
		t.Errorf("commands %q", f.commands)
	}
	if got := facts(second); !slices.Contains(got, "shop.example account 2") || len(got) != len(wanted) {
		t.Errorf("found %q", got)
	}
	if got := facts(first); !slices.Equal(got, wanted) {
		t.Errorf("the first report changed: %q", got)
	}
	f.say = func(command, _, tag string) (string, bool) {
		return "* 1 EXISTS\r\n* OK [UIDVALIDITY 8] x\r\n" + tag + " OK x\r\n", command == "EXAMINE"
	}
	f.boxes["INBOX"] = f.boxes["INBOX"][:1]
	anew, _, err := read(t, f, state)
	if err != nil || !slices.Equal(facts(anew), []string{"shop.example account 1", "shop.example holds-email 1"}) {
		t.Errorf("found %q, %v", facts(anew), err)
	}
	f.say = nil
	o := options()
	o.Own = nil
	f.commands = nil
	if _, s, _ := imapbox.Read(t.Context(), open(t, f), agreed, account(), state, o, nil); s.Folders["INBOX"].Last != 1 {
		t.Errorf("another wish reads all again: %+v", s)
	}
}

// Which folders are read: all mail of Gmail, elsewhere the person's own but
// those of spam, drafts, waste and sent mail, in whatever language.
func TestFolders(t *testing.T) {
	list := []string{
		`(\HasNoChildren) "/" "INBOX"`, `(\HasNoChildren \All) "/" "[Gmail]/Tous les messages"`, `(\Junk) "/" "Ind&AOk-sirables de No&AOs-l"`, `(\Trash) "/" Corbeille`,
		`(\Drafts) "/" Ebauches`, `(\Sent) "/" Partis`, `(\Flagged) "/" Suivis`, `(\Important) "/" Important`, `(\Noselect) "/" Dossiers`, `() "/" "Dossiers/Achats"`,
		`() "/" "Dossiers/Spam"`, `() "/" Gesendet`, `() "/" "Archiv&AOk-s"`, `() "/" "Others/ann/INBOX"`, `() "/" INBOX`,
	}
	for caps, want := range map[string][]string{
		"IMAP4rev1 AUTH=PLAIN SASL-IR NAMESPACE":             {"Archiv&AOk-s", "Dossiers/Achats", "INBOX"},
		"IMAP4rev1 AUTH=PLAIN SASL-IR NAMESPACE X-GM-EXT-1":  {"[Gmail]/Tous les messages"},
		"IMAP4rev1 AUTH=PLAIN SASL-IR NAMESPACE SPECIAL-USE": {"Archiv&AOk-s", "Dossiers/Achats", "INBOX"},
	} {
		f := usual()
		f.list, f.caps, f.greeting = list, caps, "* OK [CAPABILITY "+caps+"] x\r\n"
		f.say = func(command, _, tag string) (string, bool) {
			return "* NAMESPACE ((\"\" \"/\")) ((\"Others/\" \"/\")) NIL\r\n" + tag + " OK x\r\n", command == "NAMESPACE"
		}
		if _, _, err := read(t, f, imapbox.State{}); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range f.commands {
			if name, found := strings.CutPrefix(c, "EXAMINE "); found {
				got = append(got, strings.Trim(name, `"`))
			}
		}
		slices.Sort(got)
		if got = slices.Compact(got); !slices.Equal(got, want) {
			t.Errorf("%s: read %q, want %q", caps, got, want)
		}
	}
}

// Why a sign-in does not work is said in a sentence, which tells nothing of the
// person.
func TestSignIn(t *testing.T) {
	for name, c := range map[string]struct{ greeting, command, answer, want string }{
		"wrong":              {"", "AUTHENTICATE", "NO [AUTHENTICATIONFAILED] no " + user + " " + password, "error.imap.login"},
		"Gmail":              {"", "AUTHENTICATE", "NO [ALERT] Application-specific password required: https://support.google.com (Failure)", "error.imap.app_password"},
		"switched off":       {"", "AUTHENTICATE", "NO [ALERT] IMAP access is disabled for your domain.", "error.imap.disabled"},
		"busy":               {"", "AUTHENTICATE", "NO [UNAVAILABLE] later", "error.imap.busy"},
		"too many":           {"", "AUTHENTICATE", "NO [ALERT] Too many simultaneous connections. (Failure)", "error.imap.busy"},
		"BAD":                {"", "AUTHENTICATE", "BAD what", "error.imap.login"},
		"without AUTH=PLAIN": {"* OK [CAPABILITY IMAP4rev1] x\r\n", "LOGIN", "NO x", "error.imap.login"},
		"no passwords":       {"* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] x\r\n", "", "", "error.imap.no_password"},
		"goodbye":            {"* BYE [UNAVAILABLE] closed\r\n", "", "", "error.imap.busy"},
		"a web server":       {"HTTP/1.1 400 Bad Request\r\n\r\n", "", "", "error.imap.answer"},
		"nothing":            {"", "AUTHENTICATE", "CUT", "error.imap.answer"},
	} {
		t.Run(name, func(t *testing.T) {
			f := usual()
			if c.greeting != "" {
				f.greeting = c.greeting
			}
			f.say = func(command, _, tag string) (string, bool) {
				return tag + " " + c.answer + "\r\n", command == c.command
			}
			d := open(t, f)
			report, state, err := imapbox.Read(t.Context(), d, agreed, account(), imapbox.State{}, options(), nil)
			if key(err) != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
			b, _ := json.Marshal([]any{report, state, d.ledger.Entries()})
			if all := fmt.Sprintf("%s %v %+v %#v", b, err, account(), account()); strings.Contains(all, password) || strings.Contains(err.Error(), user) {
				t.Errorf("told: %s", all)
			}
		})
	}
}

// Providers that let no program in are told of before anything is sent.
func TestProviders(t *testing.T) {
	for name, c := range map[string]struct {
		a    imapbox.Account
		want string
	}{
		"Hotmail":       {imapbox.Account{User: "pat@hotmail.fr"}, "error.imap.microsoft"},
		"by its server": {imapbox.Account{User: "pat@mail.example", Host: " Outlook.Office365.com"}, "error.imap.microsoft"},
		"Proton":        {imapbox.Account{User: "pat@pm.me"}, "error.imap.proton"},
		"its Bridge":    {imapbox.Account{User: "pat@pm.me", Host: "127.0.0.1"}, "error.imap.proton"},
		"nobody knows":  {imapbox.Account{User: "pat@mail.example"}, "error.imap.address"},
		"no name":       {imapbox.Account{User: "pat@mail.example", Host: "imap mail"}, "error.imap.address"},
	} {
		d := open(t, usual())
		if _, err := c.a.Server(); key(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
		_, _, err := imapbox.Read(t.Context(), d, agreed, c.a, imapbox.State{}, options(), nil)
		if key(err) != c.want || len(d.ledger.Entries()) != 0 {
			t.Errorf("%s: %v, ledger %+v", name, err, d.ledger.Entries())
		}
	}
	if p, ok := imapbox.ProviderOf("pat@GMail.com"); !ok || p.Host != "imap.gmail.com" || p.Link == "" {
		t.Errorf("Gmail: %+v", p)
	}
	if p, ok := imapbox.ProviderOf("pat@mail.example"); ok || p.Hint == "" {
		t.Errorf("others: %+v", p)
	}
}

func repeated(s string, n int) string { return strings.Repeat(s, n) }

// Whatever a server says, reading ends, with what was found and a sentence.
func TestHostile(t *testing.T) {
	on := func(command, answer string) func(string, string, string) (string, bool) {
		return func(c, _, tag string) (string, bool) {
			return strings.NewReplacer("TAG OK", tag+" OK", "TAG NO", tag+" NO", "$", tag).Replace(answer), c == command
		}
	}
	heads := func(before, after string) func(string, string, string) (string, bool) {
		return func(c, arguments, tag string) (string, bool) {
			return before + fetched(usual().boxes["INBOX"], arguments) + strings.ReplaceAll(after, "TAG", tag), c == "UID FETCH"
		}
	}
	field := `BODY[HEADER.FIELDS ("FROM")]<0> `
	all := "TAG OK x\r\n"
	for name, c := range map[string]struct {
		say   func(string, string, string) (string, bool)
		want  string // the error
		facts []string
	}{
		"a line without end":          {on("LIST", repeated("* LIST ", 2<<20)), "error.imap.answer", nil},
		"folders without end":         {on("LIST", repeated("* LIST () \"/\" a\r\n", 1<<20)), "error.imap.answer", nil},
		"many folders":                {on("LIST", repeated("* LIST (\\Noselect) \"/\" a\r\n", 5000)+all), "", nil},
		"folder names of nothing":     {on("LIST", "* LIST () \"/\" \"\"\r\n* LIST () NIL {3}\r\n\x00\x01/\r\n"+all), "error.imap.answer", nil},
		"lists in lists":              {on("LIST", "* LIST "+repeated("(", 100000)), "error.imap.answer", nil},
		"a folder that will not open": {on("EXAMINE", "TAG NO x\r\n"), "", nil},
		"a folder without numbers":    {on("EXAMINE", "* 3 EXISTS\r\n"+all), "", wanted},
		"a boast":                     {on("EXAMINE", "* 4294967295 EXISTS\r\n"+all), "", wanted},
		"an empty boast":              {on("UID SEARCH", "* SEARCH\r\n"+all), "", nil},
		"numbers below":               {on("UID SEARCH", "* SEARCH 0 0 3 3 2 1 1 4294967295\r\n"+all), "", wanted},
		"every number there is":       {on("UID SEARCH", "* ESEARCH (TAG \"$\") UID ALL 1:4294967295\r\n"+all), "", wanted},
		"a star":                      {on("UID SEARCH", "* ESEARCH (TAG \"$\") UID ALL 1:*\r\n"+all), "error.imap.answer", nil},
		"no numbers":                  {on("UID SEARCH", "* SEARCH a b\r\n"+all), "error.imap.answer", nil},
		"other mails too":             {heads("* 9 FETCH (UID 9 "+field+"{4}\r\nA: b)\r\n* 9 FETCH (FLAGS ())\r\n* 12 EXISTS\r\n* 2 EXPUNGE\r\n", all), "", wanted},
		"every mail twice": {func(c, a, tag string) (string, bool) {
			m := fetched(usual().boxes["INBOX"], a)
			return m + m + tag + " OK x\r\n", c == "UID FETCH"
		}, "", wanted},
		"no mails":                      {on("UID FETCH", all), "", nil},
		"mails of nothing":              {on("UID FETCH", "* 1 FETCH ()\r\n* 2 FETCH (UID 2 "+field+"NIL)\r\n* 3 FETCH (UID 3)\r\n"+all), "", nil},
		"NUL":                           {on("UID FETCH", "* 1 FETCH (UID 1 "+field+"{13}\r\nFrom: a\x00\x00@b\r\n)\r\n"+all), "", nil},
		"no field":                      {on("UID FETCH", "* 1 FETCH (UID 1 "+field+"{6}\r\n\r\n\r\n\r\n)\r\n"+all), "", nil},
		"a huge header":                 {on("UID FETCH", "* 1 FETCH (UID 1 "+field+"{9000000000000000000}\r\n"+repeated("A: b\r\n", 3<<20)), "error.imap.answer", nil},
		"a quoted header without end":   {on("UID FETCH", "* 1 FETCH (UID 1 "+field+"\""+repeated("A: b", 4<<20)), "error.imap.answer", nil},
		"a negative length":             {on("UID FETCH", "* 1 FETCH (UID 1 "+field+"{-1}\r\n"), "error.imap.answer", nil},
		"cut off in a header":           {on("UID FETCH", "* 1 FETCH (UID 1 "+field+"{100}\r\nFrom: CUT"), "error.imap.lost", nil},
		"cut off between mails":         {heads("", "* CUT"), "error.imap.lost", nil},
		"the header before the number":  {on("UID FETCH", "* 1 FETCH ("+field+"{6}\r\nA: b\r\n UID 1)\r\n"+all), "", nil},
		"a word that is none":           {heads("* NONSENSE 1 2 3\r\n", all), "error.imap.answer", nil},
		"an answer to another question": {heads("", "T99999 OK x\r\n"), "error.imap.answer", nil},
		"a question":                    {heads("", "+ go on\r\n"), "error.imap.answer", nil},
		"some mails are not given":      {heads("", "TAG NO x\r\n"), "", wanted},
		"later":                         {heads("", "TAG NO [OVERQUOTA] bandwidth\r\n"), "error.imap.busy", nil},
		"goodbye in the middle":         {on("UID FETCH", "* BYE x\r\n"), "error.imap.lost", nil},
		"a mail that holds another mail": {func(c, a, tag string) (string, bool) {
			return fetched([]message{{head: strings.TrimSuffix(note("shop.example", "Hello", "").head, "\r\n") + "\r\n\r\nFrom - Thu Jan  1 00:00:00 1970\r\n" + note("evil.example", "Welcome", "").head}}, a) + tag + " OK x\r\n", c == "UID FETCH"
		}, "", []string{"shop.example mailed-you 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			f := usual()
			f.say = c.say
			d := open(t, f)
			start := time.Now()
			report, state, err := imapbox.Read(t.Context(), d, agreed, account(), imapbox.State{}, options(), nil)
			if key(err) != c.want {
				t.Errorf("%v, want %q", err, c.want)
			}
			if got := facts(report); !slices.Equal(got, c.facts) {
				t.Errorf("found %q, want %q", got, c.facts)
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
			if len(d.ledger.Entries()) != 1 {
				t.Errorf("ledger %+v", d.ledger.Entries())
			}
			if c.want != "" && state.Folders["INBOX"].Last != 0 {
				t.Errorf("mails that were not read count as read: %+v", state.Folders)
			}
			runtime.ReadMemStats(&after)
			if after.HeapSys > before.HeapSys+200<<20 {
				t.Errorf("%d MB of memory", (after.HeapSys-before.HeapSys)>>20)
			}
		})
	}
	for range 100 { // nothing stays behind
		if runtime.NumGoroutine() < 20 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("%d goroutines are left", runtime.NumGoroutine())
}

// Drafts, spam and what is deleted are no evidence, are counted, and their text
// is not fetched.
func TestFlags(t *testing.T) {
	for _, flags := range [][2]string{{`\Draft`, `\Seen \Deleted`}, {`\Seen $Junk`, "Junk Old"}, {`$Phishing`, `\DELETED NonJunk`}} {
		f := usual()
		f.boxes["INBOX"][0].flags, f.boxes["INBOX"][1].flags = flags[0], flags[1]
		report, _, err := read(t, f, imapbox.State{})
		if err != nil || !slices.Equal(facts(report), []string{"news.example mailed-you 1"}) {
			t.Errorf("%q: found %q, %v", flags, facts(report), err)
		}
		passed := 0
		for _, s := range report.Sources {
			for _, k := range s.Passed {
				if k.Reason == evidence.Unwanted {
					passed += k.Count
				}
			}
		}
		if passed != 2 {
			t.Errorf("%q: %d mails passed over as unwanted", flags, passed)
		}
		if strings.Contains(strings.Join(f.commands, "\n"), "BODY.PEEK[TEXT]") {
			t.Errorf("%q: a text was fetched", flags)
		}
	}
	f := usual()
	f.boxes["INBOX"][0].flags = "$Junk $NotJunk"
	if report, _, _ := read(t, f, imapbox.State{}); len(facts(report)) < 2 {
		t.Errorf("mail that is no spam after all shows %q", facts(report))
	}
}

// A stop ends between two mails at once: what was found stays, and the next
// reading goes on there.
func TestStop(t *testing.T) {
	f := usual()
	for i := range 500 {
		f.boxes["INBOX"] = append(f.boxes["INBOX"], note(fmt.Sprintf("shop%d.example", i), "Welcome to Shop", "Hi"))
	}
	whole, _, err := read(t, f, imapbox.State{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	part, state, err := imapbox.Read(ctx, open(t, f), agreed, account(), imapbox.State{}, options(), func(p job.Progress) {
		if p.Done == 400 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || len(part.Findings) == 0 || len(part.Findings) >= len(whole.Findings) {
		t.Fatalf("%d findings of %d, %v", len(part.Findings), len(whole.Findings), err)
	}
	rest, _, err := read(t, f, state)
	if err != nil || !slices.Equal(facts(rest), facts(whole)) {
		t.Errorf("%d findings of %d, %v", len(rest.Findings), len(whole.Findings), err)
	}

	// A server that says nothing is no reason to wait.
	f = usual()
	ctx, cancel = context.WithCancel(t.Context())
	f.say = func(command, _, _ string) (string, bool) {
		if command == "UID SEARCH" {
			cancel()
		}
		return "", command == "UID SEARCH"
	}
	start := time.Now()
	if _, _, err := imapbox.Read(ctx, open(t, f), agreed, account(), imapbox.State{}, options(), nil); !errors.Is(err, context.Canceled) || time.Since(start) > 5*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
}

// Going offline ends a reading at once and says so; what was found stays.
func TestGoingOffline(t *testing.T) {
	f := usual()
	for i := range 500 {
		f.boxes["INBOX"] = append(f.boxes["INBOX"], note(fmt.Sprintf("shop%d.example", i), "Welcome to Shop", "Hi"))
	}
	var offline atomic.Bool
	d := open(t, f)
	client := d.Dialer.(*outbound.Client)
	client.Policy = func() outbound.Policy { return outbound.Policy{Offline: offline.Load()} }
	part, state, err := imapbox.Read(t.Context(), d, agreed, account(), imapbox.State{}, options(), func(p job.Progress) {
		if p.Done == 400 {
			offline.Store(true)
			client.Reconsider()
		}
	})
	if key(err) != "error.outbound.cut" || len(part.Findings) == 0 {
		t.Errorf("%d findings, %v", len(part.Findings), err)
	}
	if e := d.ledger.Entries(); len(e) != 1 || e[0].Result != outbound.ResultCut || e[0].Bytes == 0 {
		t.Errorf("ledger %+v", e)
	}
	if _, _, err := imapbox.Read(t.Context(), d, agreed, account(), state, options(), nil); key(err) != "error.outbound.offline" {
		t.Errorf("offline: %v", err)
	}
	offline.Store(false)
	if rest, _, err := imapbox.Read(t.Context(), d, agreed, account(), state, options(), nil); err != nil || len(rest.Findings) <= len(part.Findings) {
		t.Errorf("online again: %d findings after %d, %v", len(rest.Findings), len(part.Findings), err)
	}
}

// What is asked for is what the mailbox package reads.
func TestFields(t *testing.T) {
	b, err := os.ReadFile("../mailbox/header.go")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(b), "wanted = names(")
	list, _, _ = strings.Cut(list, "\n)")
	f := usual()
	if _, _, err := read(t, f, imapbox.State{}); err != nil {
		t.Fatal(err)
	}
	asked := strings.ToLower(strings.Join(f.commands, "\n"))
	files := []string{"x-gmail-labels", "x-mozilla-status", "x-mozilla-keys", "x-status", "x-keywords", "x-evolution"} // written into files only
	for _, m := range regexp.MustCompile(`"([a-z-]+)"`).FindAllStringSubmatch(list, -1) {
		if !strings.Contains(asked, `"`+m[1]+`"`) && !slices.Contains(files, m[1]) {
			t.Errorf("%s is not asked for", m[1])
		}
	}
}

// Every sentence is there, in both languages.
func TestTexts(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		b, err := os.ReadFile("../../../assets/text/" + lang + "/imap.json")
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]string
		if err := json.Unmarshal(b, &words); err != nil {
			t.Fatal(err)
		}
		need := []string{"format.imap", "format.imap.how", "ledger.imap", "imap.connecting", "imap.folders", "imap.reading"}
		other, _ := imapbox.ProviderOf("")
		for _, p := range append(imapbox.Providers(), other) {
			need = append(need, p.Hint)
			if (p.Host == "") != (p.Refusal != "") && p.Name != "" {
				t.Errorf("%s has a server or a reason why not", p.Name)
			}
		}
		for _, k := range need {
			if words[k] == "" {
				t.Errorf("%s: no %s", lang, k)
			}
		}
	}
}

func BenchmarkRead(b *testing.B) {
	f := usual()
	for i := range 5000 {
		f.boxes["INBOX"] = append(f.boxes["INBOX"], note(fmt.Sprintf("shop%d.example", i%300), []string{"Welcome to Shop", "-20 % today"}[i%2], "Hi"))
	}
	for b.Loop() {
		if _, _, err := read(b, f, imapbox.State{}); err != nil {
			b.Fatal(err)
		}
	}
}

// Two people's mailboxes at one provider are two sources, and what a reading
// before left without an ID gets it too.
func TestIdentity(t *testing.T) {
	o := options()
	_, old, err := imapbox.Read(t.Context(), open(t, usual()), agreed, account(), imapbox.State{}, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	o.Identity = func(origin string) string { return "id of " + origin }
	ids := func(a imapbox.Account) (out []string) {
		r, _, err := imapbox.Read(t.Context(), open(t, usual()), agreed, a, old, o, nil)
		if err != nil || len(r.Findings) == 0 {
			t.Fatalf("%+v, %v", r, err)
		}
		for _, f := range r.Findings {
			out = append(out, f.SourceID)
		}
		for _, s := range r.Sources {
			out = append(out, s.ID)
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	pat, ann := account(), account()
	ann.User = "ann@mail.example"
	a, b := ids(pat), ids(ann)
	for _, id := range append(slices.Clone(a), b...) {
		if !strings.HasPrefix(id, "id of imap://") {
			t.Errorf("ID %q", id)
		}
	}
	if slices.ContainsFunc(a, func(id string) bool { return slices.Contains(b, id) }) {
		t.Errorf("%q and %q are told as one", a, b)
	}
}
