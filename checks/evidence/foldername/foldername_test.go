package foldername_test

import (
	"os"
	"strings"
	"testing"

	"unlisted/checks/evidence/foldername"
)

// What mail programs and web mail call their folders, as seen in their folder
// lists, in the forms in which they come to us.
func TestOf(t *testing.T) {
	for name, want := range map[string]foldername.Kind{
		"Spam": foldername.Spam, "JUNK": foldername.Spam, "迷惑メール": foldername.Spam, "Søppelpost": foldername.Spam, "스팸함": foldername.Spam, "垃圾邮件": foldername.Spam,
		"Courrier indésirable": foldername.Spam, "Courrier inde\u0301sirable": foldername.Spam, "Roskaposti": foldername.Spam, "Levélszemét": foldername.Spam,
		"Ind&AOk-sirables": foldername.Spam, "&j,dg0TDhMPww6w-": foldername.Spam, "Нежелательная почта": foldername.Spam, "Wiadomości-śmieci": foldername.Spam, "הונאה": foldername.Ordinary,
		"Mēstules": foldername.Spam, "Ανεπιθύμητη αλληλογραφία": foldername.Spam, "Gereksiz E-posta": foldername.Spam, "จดหมายขยะ": foldername.Spam, "Thư rác": foldername.Spam,
		"Papierkorb": foldername.Trash, "Bin": foldername.Trash, "Deleted Items": foldername.Trash, "ゴミ箱": foldername.Trash, "Ko&AWE-": foldername.Trash, "&BBoEPgRABDcEOAQ9BDA-": foldername.Trash,
		"&V4NXPmh2-": foldername.Trash, "Éléments supprimés": foldername.Trash, "Çöp Kutusu": foldername.Trash, "Šiukšliadėžė": foldername.Trash, "휴지통": foldername.Trash, "אשפה": foldername.Trash,
		"Entwürfe": foldername.Drafts, "ENTWÜRFE": foldername.Drafts, "Entw&APw-rfe": foldername.Drafts, "Entw%C3%BCrfe": foldername.Drafts, "Черновики": foldername.Drafts, "Wersje robocze": foldername.Drafts,
		"Sent Items": foldername.Sent, "Wys&AUI-ane": foldername.Sent, "Отправленные": foldername.Sent, "送信済みメール": foldername.Sent, "寄件備份": foldername.Sent,
		"Boîte d’envoi": foldername.Outbox, "Postausgang": foldername.Outbox, "Chats": foldername.Chats,
		"INBOX": foldername.Ordinary, "Archiv": foldername.Ordinary, "Shops": foldername.Ordinary, "": foldername.Ordinary, "R&D": foldername.Ordinary, "&": foldername.Ordinary, "&AO": foldername.Ordinary, "100%": foldername.Ordinary,
		"Antispam reports": foldername.Ordinary, strings.Repeat("Spam", 100): foldername.Ordinary,
	} {
		if got := foldername.Of(name); got != want {
			t.Errorf("%q is %d, want %d", name, got, want)
		}
	}
}

// A folder in a bin is in the bin, however the program writes paths.
func TestOfPath(t *testing.T) {
	for path, want := range map[string]foldername.Kind{
		"Mail/server/Junk": foldername.Spam, "V10/A/Junk.mbox/B/1.emlx": foldername.Spam, ".INBOX.Drafts/cur/1": foldername.Drafts, ".Sent/cur/1:2,S": foldername.Sent, "INBOX.Papierkorb": foldername.Trash,
		"[Gmail]/Spam": foldername.Spam, "[Gmail].Corbeille": foldername.Trash, "Takeout/Mail/迷惑メール.mbox": foldername.Spam, "Takeout/Mail/Spam-002.mbox": foldername.Spam, `C:\Mail\Gesendet`: foldername.Sent,
		"Trash.sbd/2019/1": foldername.Trash, "Junk (2).mbox": foldername.Spam,
		"All mail Including Spam and Trash-002.mbox": foldername.Ordinary, "INBOX/Shops": foldername.Ordinary, "a.spam.b": foldername.Ordinary, "spam-report.eml": foldername.Ordinary, "": foldername.Ordinary,
	} {
		if got := foldername.OfPath(path); got != want {
			t.Errorf("%q is %d, want %d", path, got, want)
		}
	}
}

// The table says for each of the languages that web mail offers what spam,
// waste, drafts and sent mail are called there; none of its lines is lost.
func TestTable(t *testing.T) {
	raw, err := os.ReadFile("names.tsv")
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for line := range strings.Lines(string(raw)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 {
			t.Fatalf("not three fields: %q", line)
		}
		have[f[0]+" "+f[1]] = true
		for name := range strings.SplitSeq(f[2], "|") {
			if foldername.Of(name) == foldername.Ordinary {
				t.Errorf("%q is not known", name)
			}
		}
	}
	for lang := range strings.FieldsSeq("af am ar az be bg bn ca cs cy da de el en es et eu fa fi fil fr gl gu he hi hr hu hy id is it ja ka kk km kn ko lo lt lv mk ml mn mr ms my nb ne nl nn pl pt ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi zh zu") {
		for _, kind := range []string{"spam", "trash", "drafts", "sent"} {
			if !have[kind+" "+lang] {
				t.Errorf("no name of %s in %s", kind, lang)
			}
		}
	}
}

func FuzzOfPath(f *testing.F) {
	f.Add("INBOX.Ind&AOk-sirables")
	f.Add("&//8-/%zz/.")
	f.Fuzz(func(t *testing.T, path string) {
		if k := foldername.OfPath(path); k > foldername.Chats {
			t.Errorf("%q is %d", path, k)
		}
	})
}
