package outlook_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
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
