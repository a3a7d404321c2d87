// Benchmail writes an invented mailbox of a given size for scripts/bench-mbox.sh:
// advertising, account mail, letters between people and attachments, mixed as in
// a real one. Equal sizes give equal files.
package main

import (
	"bufio"
	"encoding/base64"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"
)

func main() {
	size := flag.Int64("size", 1<<30, "bytes to write")
	out := flag.String("out", "", "file to write")
	flag.Parse()
	if err := run(*out, *size); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(name string, size int64) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	g := newGenerator()
	for n := int64(0); n < size; {
		m := g.mail()
		n += int64(len(m))
		if _, err := w.WriteString(m); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// sites is how many platforms write to the person; 100 000 mails come from 300
// to 800.
const sites = 500

// generator makes mails out of three large texts, from any place in them.
type generator struct {
	r                   *rand.Rand
	text, markup, bytes string
	count               int
}

func newGenerator() *generator {
	g := &generator{r: rand.New(rand.NewPCG(1, 2))}
	words := strings.Fields("from the order of your next account and a few other things we wanted to tell you about this week delivery address total number please find below more news")
	var text, markup strings.Builder
	for text.Len() < 4<<20 {
		for range 12 {
			text.WriteString(words[g.r.IntN(len(words))] + " ")
		}
		fmt.Fprintf(&text, "%d\n", g.r.IntN(100_000))
	}
	for markup.Len() < 4<<20 {
		fmt.Fprintf(&markup, "<td style=3D\"padding:%dpx;color:#%06x\"><a href=3D\"https://shop.example/t/=\n%x\">%s %s</a></td>\n", g.r.IntN(40), g.r.IntN(1<<24), g.r.Uint64(), words[g.r.IntN(len(words))], words[g.r.IntN(len(words))])
	}
	raw := make([]byte, 3<<20)
	for i := range raw {
		raw[i] = byte(g.r.Uint32())
	}
	g.text, g.markup, g.bytes = text.String(), markup.String(), lines(base64.StdEncoding.EncodeToString(raw))
	return g
}

// lines breaks base64 as mail does.
func lines(s string) string {
	var b strings.Builder
	for len(s) > 76 {
		b.WriteString(s[:76] + "\n")
		s = s[76:]
	}
	return b.String() + s
}

// slice is some n bytes of a text, from the start of a line.
func (g *generator) slice(s string, n int) string {
	at := g.r.IntN(len(s) - n)
	s = s[at : at+n]
	return s[strings.IndexByte(s, '\n')+1:] + "\n"
}

// mail is the next mail with its separator.
func (g *generator) mail() string {
	g.count++
	at := time.Unix(1_400_000_000+int64(g.count)*3600, 0).UTC()
	site := fmt.Sprintf("shop%d.example", g.r.IntN(sites))
	var from, subject, extra, body string
	switch kind := g.r.IntN(100); {
	case kind < 45:
		from, subject = "News <news@"+site+">", "News of the week"
		extra = "List-Unsubscribe: <https://" + site + "/u>\nPrecedence: bulk\n"
		body = g.parts(3<<10, 40<<10)
	case kind < 65:
		from, subject = "Shop <no-reply@"+site+">", []string{"Your order has shipped", "New sign-in from Linux", "Votre facture", "Welcome to the shop", "Passwort zurücksetzen"}[g.r.IntN(5)]
		body = g.parts(2<<10, 20<<10)
	case kind < 92:
		from, subject = fmt.Sprintf("Ann <ann%d@gmail.com>", g.r.IntN(200)), "Re: dinner"
		body = "Content-Type: text/plain; charset=utf-8\n\n" + g.slice(g.text, 1<<10+g.r.IntN(4<<10))
	default:
		from, subject = fmt.Sprintf("Ann <ann%d@gmail.com>", g.r.IntN(200)), "photos"
		body = "Content-Type: multipart/mixed; boundary=\"mix\"\n\n--mix\nContent-Type: text/plain\n\n" + g.slice(g.text, 1<<10) +
			"--mix\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n" + g.slice(g.bytes, 100<<10+g.r.IntN(900<<10)) + "--mix--\n"
	}
	return fmt.Sprintf("From %d@xxx %s\n", 1_700_000_000_000_000_000+g.count, at.Format("Mon Jan 02 15:04:05 -0700 2006")) + g.header(site, at) +
		extra + "From: " + from + "\nTo: pat.doe@gmail.example\nSubject: " + subject + "\nDate: " + at.Format(time.RFC1123Z) + "\nMIME-Version: 1.0\n" + body + "\n"
}

// parts is a text in plain and in HTML.
func (g *generator) parts(plain, markup int) string {
	return "Content-Type: multipart/alternative; boundary=\"alt\"\n\n--alt\nContent-Type: text/plain; charset=utf-8\n\n" + g.slice(g.text, plain) + "Tel. 06 39 98 12 34\n" +
		"--alt\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n" + g.slice(g.markup, markup/2+g.r.IntN(markup)) + "--alt--\n"
}

// header is what transport adds: three to four kilobytes.
func (g *generator) header(site string, at time.Time) string {
	seal := g.slice(g.bytes, 400)
	seal = strings.ReplaceAll(strings.TrimSuffix(seal, "\n"), "\n", "\n        ")
	stamp := at.Format(time.RFC1123Z)
	return "X-GM-THRID: 1700000000000000001\nX-Gmail-Labels: Inbox,Category Updates\nDelivered-To: pat.doe@gmail.example\n" +
		"Received: by 2002:a05:6214:1110:b0:66d:1 with SMTP id x1csp1;\n        " + stamp + "\nX-Google-Smtp-Source: " + seal + "\n" +
		"ARC-Seal: i=1; a=rsa-sha256; d=google.com; s=arc; b=" + seal + "\nARC-Message-Signature: i=1; a=rsa-sha256; d=google.com; s=arc; h=from:to; bh=x=; b=" + seal + "\n" +
		"ARC-Authentication-Results: i=1; mx.google.com;\n       dkim=pass header.i=@" + site + " header.s=s1 header.b=x\nReturn-Path: <b@bounces." + site + ">\n" +
		"Received: from mail." + site + " (mail." + site + ". [192.0.2.1])\n        by mx.google.com with ESMTPS id y1\n        for <pat.doe@gmail.example>;\n        " + stamp + "\n" +
		"Received-SPF: pass (google.com: domain of b@bounces." + site + ") client-ip=192.0.2.1;\n" +
		"Authentication-Results: mx.google.com;\n       dkim=pass header.i=@" + site + " header.s=s1 header.b=x;\n       spf=pass smtp.mailfrom=b@bounces." + site + ";\n       dmarc=pass (p=REJECT) header.from=" + site + "\n" +
		"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=" + site + "; s=s1;\n        h=from:to:subject:date; bh=x=;\n        b=" + seal + "\nMessage-ID: <" + fmt.Sprint(g.count) + "@" + site + ">\n"
}
