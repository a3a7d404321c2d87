package outlook_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

// Debian's readpst reads the same mails out of what the tests write: the writer
// does not only agree with the reader.
func TestReadpst(t *testing.T) {
	for name, p := range kinds() {
		t.Run(name, func(t *testing.T) {
			p.Folders = boxes()
			dir := t.TempDir()
			path := filepath.Join(dir, "mail.pst")
			if err := os.WriteFile(path, p.Bytes(tables), 0o600); err != nil {
				t.Fatal(err)
			}
			b, err := exec.CommandContext(t.Context(), "readpst", "-q", "-D", "-j", "0", "-o", dir, path).CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s", err, b)
			}
			all := ""
			err = filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
				if err == nil && d.Type().IsRegular() && !strings.HasSuffix(p, ".pst") {
					b, _ := os.ReadFile(p)
					all += string(b)
				}
				return err
			})
			if n := strings.Count(all, "\nDelivered-To: pat@mail.example"); err != nil || n != 6 {
				t.Errorf("%d mails, %v\n%.2000s", n, err, all)
			}
			if n := strings.Count(all, "Long text. "); n != 9000 {
				t.Errorf("the long text has %d pieces", n)
			}
		})
	}
}

// Debian's msgconvert and tnef read the texts out of the messages that the tests
// write.
func TestOtherReaders(t *testing.T) {
	for name, m := range pages() {
		dir := t.TempDir()
		msg, dat := filepath.Join(dir, "a.msg"), filepath.Join(dir, "winmail.dat")
		for path, b := range map[string][]byte{msg: MSG(m), dat: TNEF(m)} {
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got, err := exec.CommandContext(t.Context(), "msgconvert", "--outfile", "-", msg).CombinedOutput()
		if err != nil || !strings.Contains(string(got), "Subject: "+reset) || name == "text" && !strings.Contains(string(got), "+33 6 39 98 01 42") {
			t.Errorf("%s: %v\n%.500s", name, err, got)
		}
		if name == "text" {
			continue // tnef writes no plain text
		}
		if out, err := exec.CommandContext(t.Context(), "tnef", "-C", dir, "--save-body=body", "-f", dat).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		body, err := filepath.Glob(filepath.Join(dir, "body*"))
		if err != nil || len(body) != 1 {
			t.Errorf("%s: %v %v", name, body, err)
		}
	}
}
