//go:build imap

package imap

import (
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"unlisted/checks/evidence/imapbox"
	"unlisted/checks/outbound"
)

const manyMails = 20_000

// cutting forwards connections to the server and breaks the first one after so
// many bytes.
func cutting(t *testing.T, after int64) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	var cut atomic.Bool
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", os.Getenv("IMAP_ADDRESS"))
			if err != nil {
				c.Close()
				return
			}
			go func() { _, _ = io.Copy(server, c); server.Close() }()
			go func() {
				if cut.CompareAndSwap(false, true) {
					_, _ = io.CopyN(c, server, after)
				} else {
					_, _ = io.Copy(c, server)
				}
				c.Close()
				server.Close()
			}()
		}
	}()
	return l.Addr().String()
}

// A mailbox of twenty thousand mails whose connection breaks in the middle: what
// was found until then is kept, and reading again goes on from there to the same
// findings as in one go.
func TestLargeAndCut(t *testing.T) {
	w := open(t)
	mails := make([]string, manyMails)
	for i := range mails {
		subject := []string{"Order confirmation", "Newsletter: 20 % off", "New sign-in to your account", "Ihre Rechnung", "Vérifiez votre adresse e-mail"}[i%5]
		mails[i] = mail(plainUser, fmt.Sprintf("shop%d.example", i%300), subject, "Thank you\n", i%1500)
	}
	post(t, "plain", "Many", "", mails...)

	pem, err := os.ReadFile(filepath.Join(os.Getenv("IMAP_DIR"), "cert.pem"))
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	broken := &wire{}
	if broken.Client, err = outbound.New(outbound.Config{
		UserAgent: "Unlisted/test", Now: time.Now,
		Ledger: &broken.ledger,
		Base:   "http://127.0.0.1:1", MailBase: "imaps://" + cutting(t, 6<<20), MailRoots: roots,
	}); err != nil {
		t.Fatal(err)
	}
	a := imapbox.Account{Host: "imap.mail.example", User: plainUser, Password: plainPassword}
	start := time.Now()
	part, state, err := broken.read(a, imapbox.State{}, nil)
	if err == nil || len(part.Findings) == 0 {
		t.Fatalf("the connection was cut: %d findings, %v", len(part.Findings), err)
	}
	first := 0
	for _, s := range part.Sources {
		first += s.Items
	}
	whole, _, err := broken.read(a, state, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d mails until the cut, all in %s", first, time.Since(start).Round(time.Millisecond))
	straight, _, err := w.read(a, imapbox.State{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if first == 0 || first >= manyMails {
		t.Errorf("%d mails were read before the cut", first)
	}
	if len(whole.Findings) < 300 {
		t.Errorf("%d findings", len(whole.Findings))
	}
	equal(t, lines(whole), lines(straight))
	untouched(t, "plain")
	broken.silent(t)
}
