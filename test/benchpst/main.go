// Benchpst writes the mails of an mbox into an Outlook data file, without their
// attachments, for scripts/bench-pst.sh.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"mime/quotedprintable"
	"os"
	"strings"

	"unlisted/checks/evidence/evidencetest"
)

func main() {
	box := flag.String("mbox", "", "mailbox to read")
	tables := flag.String("tables", "checks/evidence/outlook/tables.txt", "tables of the encodings")
	out := flag.String("out", "", "file to write")
	flag.Parse()
	if err := run(*box, *tables, *out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(box, tables, out string) error {
	b, err := os.ReadFile(box)
	if err != nil {
		return err
	}
	t, err := os.ReadFile(tables)
	if err != nil {
		return err
	}
	p := evidencetest.PST{Version: 23, Coding: 1, Folders: []evidencetest.PSTFolder{{Name: "Inbox"}}}
	b = append([]byte("\n"), b...)
	for part := range bytes.SplitSeq(b, []byte("\nFrom ")) {
		if _, mail, ok := strings.Cut(string(part), "\n"); ok {
			p.Folders[0].Messages = append(p.Folders[0].Messages, message(mail))
		}
	}
	return os.WriteFile(out, p.Bytes(string(t)), 0o600)
}

// message is a mail as Outlook keeps it.
func message(mail string) map[uint32]any {
	head, body, _ := strings.Cut(mail, "\n\n")
	m := map[uint32]any{
		evidencetest.PSTClass:   "IPM.Note",
		evidencetest.PSTHeaders: strings.ReplaceAll(head, "\n", "\r\n") + "\r\n\r\n",
		evidencetest.PSTDate:    uint64(133444808000000000), evidencetest.PSTFlags: 1,
		evidencetest.PSTSubject: "\x01\x01" + field(head, "Subject"), evidencetest.PSTFrom: field(head, "From"),
		evidencetest.PSTFromKind: "SMTP", evidencetest.PSTFromName: field(head, "From"),
	}
	const markup = "Content-Type: text/html"
	if _, html, ok := strings.Cut(body, markup); ok || strings.Contains(head, markup) {
		if !ok {
			html = body
		}
		decoded, _ := io.ReadAll(quotedprintable.NewReader(strings.NewReader(html)))
		m[evidencetest.PSTHTML] = decoded
		return m
	}
	m[evidencetest.PSTBody] = body[:min(len(body), 16<<10)]
	return m
}

func field(head, name string) string {
	_, rest, _ := strings.Cut("\n"+head, "\n"+name+": ")
	value, _, _ := strings.Cut(rest, "\n")
	return value
}
