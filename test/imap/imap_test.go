//go:build imap

package imap

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/imapbox"
	"unlisted/checks/evidence/mailbox"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
)

const (
	gmailUser, gmailPassword = "pat@gmail.com", "abcd efgh ijkl mnop"
	plainUser, plainPassword = "pat@mail.example", "sesame-of-pat"
	number                   = "+33639980123"
)

// wire is a client of the test's server, with its ledger.
type wire struct {
	*outbound.Client
	ledger outbound.Memory
}

func open(t *testing.T) *wire {
	t.Helper()
	pem, err := os.ReadFile(filepath.Join(os.Getenv("IMAP_DIR"), "cert.pem"))
	if err != nil {
		t.Fatal("run test/imap/run.sh, which starts the server")
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	w := &wire{}
	w.Client, err = outbound.New(outbound.Config{
		UserAgent: "Unlisted/test", Now: time.Now,
		Ledger: &w.ledger,
		Base:   "http://127.0.0.1:1", MailBase: "imaps://" + os.Getenv("IMAP_ADDRESS"), MailRoots: roots,
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *wire) read(a imapbox.Account, s imapbox.State, progress func(job.Progress)) (evidence.Report, imapbox.State, error) {
	host, err := a.Server()
	if err != nil {
		return evidence.Report{}, s, err
	}
	return imapbox.Read(context.Background(), w.Client, outbound.Yes(outbound.MailConsent(host)), a, s, options(), progress)
}

func options() evidence.Options {
	phone, err := identifier.ParsePhone(number, "FR")
	if err != nil {
		panic(err)
	}
	return evidence.Options{Region: "FR", Own: []identifier.Identifier{phone}}
}

// mail is one invented mail to pat.
func mail(to, site, subject, body string, day int) string {
	date := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, day)
	return fmt.Sprintf("Delivered-To: %[1]s\nReceived: from x.%[2]s by mx.google.com with ESMTPS id x; %[3]s\n"+
		"Authentication-Results: mx.google.com; dkim=pass header.i=@%[2]s; dmarc=pass (p=REJECT) header.from=%[2]s\n"+
		"X-Padding: %[4]s\nFrom: Team <no-reply@%[2]s>\nTo: %[1]s\nSubject: %[5]s\nDate: %[3]s\nMessage-ID: <%[6]d@%[2]s>\nContent-Type: text/plain; charset=utf-8\n\n%[7]s\n",
		to, site, date.Format(time.RFC1123Z), strings.Repeat("x", 60), subject, day, body)
}

// post puts mails into a folder of a Maildir, with these flags.
func post(t *testing.T, box, folder, flags string, mails ...string) {
	t.Helper()
	dir := filepath.Join(os.Getenv("IMAP_DIR"), "mail", box)
	if folder != "" {
		dir = filepath.Join(dir, "."+folder)
	}
	for _, d := range []string{"cur", "new", "tmp"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for i, m := range mails {
		name := fmt.Sprintf("%d.M%dP%d.test:2,%s", time.Now().UnixNano(), i, i, flags)
		if err := os.WriteFile(filepath.Join(dir, "cur", name), []byte(m), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// sample is what is in the mailbox: a number in a text, a text of half a
// megabyte, texts that speak of "From ", newsletters, people, and many mails of
// some shops.
func sample(to string) []string {
	out := []string{
		mail(to, "shop.example", "Welcome to Shop", "From here on you are a customer.\nFrom - Thu Jan  1 00:00:00 1970\nSubject: a trap\n", 0),
		mail(to, "bank.example", "Your phone number was changed", "Your new number is "+number+".", 1),
		mail(to, "news.example", "Newsletter: 20 % off", "Buy\n", 2),
		strings.Replace(mail(to, "gmail.com", "Lunch?", "At noon", 3), "Team <no-reply@gmail.com>", "Ann <ann@gmail.com>", 1),
		mail(to, "forum.example", "=?utf-8?q?R=C3=A9initialisation_du_mot_de_passe?=", "Cliquez ici", 4),
		mail(to, "long.example", "Security alert: new sign-in", number+strings.Repeat(" Blah blah.\n", 50000), 5),
	}
	for i := range 450 {
		out = append(out, mail(to, fmt.Sprintf("shop%d.example", i%40), "Order confirmation", "Thank you", 10+i))
	}
	return out
}

// fromFile is what the reader of mbox files finds in the same mails.
func fromFile(t *testing.T, user string, mails []string) evidence.Report {
	t.Helper()
	var b strings.Builder
	for _, m := range mails {
		b.WriteString("From - Thu Jan  1 00:00:00 1970\n" + strings.ReplaceAll(m, "\nFrom ", "\n>From ") + "\n\n")
	}
	p := filepath.Join(t.TempDir(), "mail.mbox")
	if err := os.WriteFile(p, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	o := options()
	id, _ := identifier.ParseEmail(user)
	o.Own, o.Importers = append(o.Own, id), mailbox.Importers()
	r, err := evidence.Scan(context.Background(), []string{p}, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// lines are findings without where they come from.
func lines(r evidence.Report) []string {
	var out []string
	for _, f := range r.Findings {
		f.Source, f.Format = "", ""
		b, _ := json.Marshal(f)
		out = append(out, string(b))
	}
	slices.Sort(out)
	return out
}

func equal(t *testing.T, got, want []string) {
	t.Helper()
	for _, l := range got {
		if !slices.Contains(want, l) {
			t.Errorf("not in the file: %s", l)
		}
	}
	for _, l := range want {
		if !slices.Contains(got, l) {
			t.Errorf("missing: %s", l)
		}
	}
}

// untouched fails if a mail is marked as seen, moved or changed.
func untouched(t *testing.T, box string) {
	t.Helper()
	_ = filepath.WalkDir(filepath.Join(os.Getenv("IMAP_DIR"), "mail", box), func(p string, d os.DirEntry, _ error) error {
		if _, flags, found := strings.Cut(filepath.Base(p), ":2,"); found && strings.Contains(flags, "S") {
			t.Errorf("%s was marked as seen", p)
		}
		return nil
	})
}

func (w *wire) silent(t *testing.T) {
	t.Helper()
	b, _ := json.Marshal(w.ledger.Entries())
	for _, secret := range []string{gmailUser, gmailPassword, plainUser, plainPassword, "abcd", "sesame", number} {
		if strings.Contains(string(b), secret) {
			t.Errorf("the ledger tells %q: %s", secret, b)
		}
	}
}

// The whole of a mailbox as Gmail has it: one folder holds everything, the
// others show it again; names are French. A second reading fetches only what
// has come since.
func TestGmail(t *testing.T) {
	w := open(t)
	mails := sample(gmailUser)
	post(t, "gmail", "[Gmail].Tous les messages", "", mails...)
	post(t, "gmail", "[Gmail].Tous les messages", "D", mail(gmailUser, "draft.example", "Welcome to Draft", "x", 1))
	post(t, "gmail", "", "", mails[:5]...)
	post(t, "gmail", "[Gmail].Corbeille", "", mail(gmailUser, "trash.example", "Welcome to Trash", "x", 1))
	post(t, "gmail", "Courrier &AOk-cart&AOk-", "", mail(gmailUser, "spam.example", "Welcome to Spam", "x", 1))
	a := imapbox.Account{User: gmailUser, Password: gmailPassword}
	var last job.Progress
	report, state, err := w.read(a, imapbox.State{}, func(p job.Progress) { last = p })
	if err != nil {
		t.Fatal(err)
	}
	equal(t, lines(report), lines(fromFile(t, gmailUser, mails)))
	if last.Done != int64(len(mails))+1 || last.Total != last.Done {
		t.Errorf("progress ends at %+v", last)
	}
	if len(report.Sources) != 1 || report.Sources[0].Path != "imap.gmail.com![Gmail] › Tous les messages" || report.Sources[0].Items != len(mails)+1 || len(report.Sources[0].Problems) != 0 {
		t.Errorf("sources %+v", report.Sources)
	}
	if passed := report.Sources[0].Passed; !slices.ContainsFunc(passed, func(s evidence.Skipped) bool { return s.Reason == evidence.Unwanted && s.Count == 1 }) {
		t.Errorf("the draft is not among what was passed over: %+v", passed)
	}
	untouched(t, "gmail")

	b, err := json.Marshal(state) // as a profile keeps it
	if err != nil {
		t.Fatal(err)
	}
	state = imapbox.State{}
	if err := json.Unmarshal(b, &state); err != nil {
		t.Fatal(err)
	}
	last = job.Progress{}
	again, state, err := w.read(a, state, func(p job.Progress) { last = p })
	if err != nil || last.Done != 0 {
		t.Errorf("nothing is new: read %d, %v", last.Done, err)
	}
	equal(t, lines(again), lines(report))

	fresh := mail(gmailUser, "fresh.example", "Welcome to Fresh", "Hi", 600)
	post(t, "gmail", "[Gmail].Tous les messages", "", fresh)
	more, _, err := w.read(a, state, func(p job.Progress) { last = p })
	if err != nil || last.Done != 1 || last.Total != 1 {
		t.Errorf("one is new: %+v, %v", last, err)
	}
	own := func(line string) bool { return strings.Contains(line, `"kind":"own"`) } // proposed from three mails on, so one more adds none
	equal(t, slices.DeleteFunc(lines(more), own), slices.DeleteFunc(lines(fromFile(t, gmailUser, append(mails, fresh))), own))
	untouched(t, "gmail")

	if len(w.ledger.Entries()) != 3 {
		t.Errorf("ledger %+v", w.ledger.Entries())
	}
	for _, e := range w.ledger.Entries() {
		if e.Purpose != "imap" || e.Host != "imap.gmail.com" || e.Result != outbound.ResultAnswered || e.Bytes == 0 || e.Subject == "" {
			t.Errorf("ledger entry %+v", e)
		}
	}
	if w.ledger.Entries()[1].Bytes > w.ledger.Entries()[0].Bytes/10 {
		t.Errorf("the second reading fetched %d bytes, the first %d", w.ledger.Entries()[1].Bytes, w.ledger.Entries()[0].Bytes)
	}
	w.silent(t)
}

// An ordinary server: every folder but those of spam, drafts, waste and sent
// mail. Its folder made anew is read anew.
func TestFolders(t *testing.T) {
	w := open(t)
	mails := sample(plainUser)
	post(t, "plain", "", "", mails[:300]...)
	post(t, "plain", "Achats.Ann&AOk-e", "", mails[300:]...)
	for _, folder := range []string{"Courrier &AOk-cart&AOk-", "[Gmail].Corbeille", "[Gmail].Brouillons", "Spam", "Envoy&AOk-s"} {
		post(t, "plain", folder, "", mail(plainUser, "unwanted.example", "Welcome to Unwanted", "x", 1))
	}
	a := imapbox.Account{Host: "imap.mail.example", User: plainUser, Password: plainPassword}
	report, state, err := w.read(a, imapbox.State{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	sites := func(r evidence.Report) (out []string) {
		for _, f := range r.Findings {
			out = append(out, fmt.Sprint(f.Fact, f.Site, f.Identifier.Value))
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	equal(t, sites(report), sites(fromFile(t, plainUser, mails)))
	if len(report.Sources) != 2 {
		t.Errorf("sources %+v", report.Sources)
	}
	untouched(t, "plain")

	// What is made anew has another validity, and its mails other numbers.
	dir := filepath.Join(os.Getenv("IMAP_DIR"), "mail", "plain", ".Achats.Ann&AOk-e")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	time.Sleep(1100 * time.Millisecond) // the validity is a time in seconds
	post(t, "plain", "Achats.Ann&AOk-e", "", mails[300:]...)
	again, after, err := w.read(a, state, nil)
	if err != nil {
		t.Fatal(err)
	}
	if after.Folders["Achats/Année"].Validity == state.Folders["Achats/Année"].Validity {
		t.Errorf("the test did not make the folder anew: %+v", after.Folders)
	}
	equal(t, lines(again), lines(report))
	w.silent(t)
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		account imapbox.Account
		want    string
	}{
		"wrong password": {imapbox.Account{Host: "imap.mail.example", User: plainUser, Password: "wrong-secret"}, "error.imap.login"},
		"another server": {imapbox.Account{Host: "imap.other.example", User: plainUser, Password: plainPassword}, "error.imap.tls"},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t)
			report, _, err := w.read(c.account, imapbox.State{}, nil)
			var e interface {
				Explain() (string, map[string]any)
			}
			if !errors.As(err, &e) {
				t.Fatalf("error %v", err)
			}
			if key, _ := e.Explain(); key != c.want {
				t.Errorf("%s, want %s", key, c.want)
			}
			if strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), plainUser) {
				t.Errorf("the error tells: %v", err)
			}
			if len(report.Findings) != 0 || len(w.ledger.Entries()) != 1 {
				t.Errorf("found %v, ledger %+v", report.Findings, w.ledger.Entries())
			}
			w.silent(t)
		})
	}
}

// A stop keeps what was found, and the next reading goes on from there.
func TestStop(t *testing.T) {
	w := open(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	a := imapbox.Account{User: gmailUser, Password: gmailPassword}
	part, state, err := imapbox.Read(ctx, w.Client, outbound.Yes(outbound.MailConsent("imap.gmail.com")), a, imapbox.State{}, options(), func(p job.Progress) {
		if p.Done >= 200 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || len(part.Findings) == 0 {
		t.Fatalf("%d findings, %v", len(part.Findings), err)
	}
	whole, _, err := w.read(a, state, nil)
	if err != nil {
		t.Fatal(err)
	}
	straight, _, err := w.read(a, imapbox.State{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, lines(whole), lines(straight))
}
