package evidence_test

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"unlisted/checks/evidence"
	. "unlisted/checks/evidence/evidencetest"
)

// keys lists every problem with its whole key, what a file only seems to be included.
func keys(r evidence.Report) []string {
	out := []string{}
	for _, s := range r.Sources {
		for _, p := range s.Problems {
			out = append(out, strings.TrimPrefix(p.What, "error.evidence."))
		}
	}
	return out
}

// What is known and not read is told by name, whatever it is called and in whatever language it is.
func TestKnownAndNotRead(t *testing.T) {
	for _, c := range []struct{ key, name, content string }{
		{"windows_phone_sms", "backup.msg", `<ArrayOfMessage xmlns:i="x"><Message><Body>hi</Body></Message></ArrayOfMessage>`},
		{"windows_phone_sms", "download", "\ufeff<?xml version=\"1.0\"?>\n<ArrayOfMessage><Message/></ArrayOfMessage>"},
		{"whatsapp_chat", "WhatsApp-Chat mit Anna.txt", "07.03.26, 21:22 - Anna: Hallo\n07.03.26, 21:23 - Pat: Hi\n"},
		{"whatsapp_chat", "chat.txt", "[07.03.26, 21:22:39] Anna: Hallo\n[07.03.26, 21:28:10] Pat: Hi\n"},
		{"whatsapp_chat", "a.txt", "3/7/26, 9:22\u202fPM - Messages and calls are end-to-end encrypted.\n3/7/26, 9:22\u202fPM - Anna: Hey\n"},
		{"whatsapp_chat", "b.txt", "07/03/2026, 21:22 - Anna: Salut\n"},
		{"whatsapp_chat", "c", "2026/3/7 下午9:22 - 安娜: 你好\n2026/3/7 下午9:23 - Pat: hi\n"},
		{"whatsapp_chat", "d.txt", "7.3.2026 klo 21.22 - Anna: Moi\n"},
		{"whatsapp_chat", "e.txt", "٧\u200f/٣\u200f/٢٠٢٦, ٩:٢٢ م - Anna: hi\n"},
		{"whatsapp_chat", "_chat.txt", "\u200e[2026. 3. 7. 오후 9:22:39] 안나: 안녕\n"},
		{"whatsapp_backup", "msgstore.db.crypt15", "\x01\x02\x03"},
		{"telegram_chat", "result.json", `{"name": "Anna","type": "personal_chat","id": 12345,"messages": [{"id": 1,"text": "hi"}]}`},
		{"telegram_chat", "messages.html", `<!DOCTYPE html><html><body><div class="page_wrap"><div class="page_body chat_page"><div class="history">hi</div></div></div></body></html>`},
		{"kaspersky_text", "export.txt", "Websites\n\nWebsite name: Shop\nWebsite URL: https://shop.example\nLogin name: Main\nLogin: pat@mail.example\nPassword: \nComment: \n\n---\n"},
		{"twitter_tweets", "tweets.csv", `"tweet_id","in_reply_to_status_id","in_reply_to_user_id","timestamp","source","text"` + "\n"},
		{"twitter_tweets", "2012_01.js", "Grailbird.data.tweets_2012_01 = \n [ ]"},
		{"whatsapp_chat", "f.txt", "2026년 3월 7일 오후 9:22 - 안나님: 안녕\n"},
		{"chat", "message_1.json", `{"participants": [{"name": "Anna"}], "messages": [{"sender_name": "Anna", "timestamp_ms": 1, "content": "hi"}]}`},
		{"chat", "Anna.json", `{"guild": {"id": "0"}, "channel": {"id": "1", "type": "DirectTextChat"}, "messages": [{"id": "1", "content": "hi"}]}`},
		{"chat", "Anna.html", `<!DOCTYPE html><html><body><div class=chatlog__message>hi</div></body></html>`},
		{"chat", "export.txt", "[LINE] Chat history with Anna\nSaved on: 2026/03/07 21:22\n\n2026.03.07 Saturday\n21:22 Anna hi\n"},
		{"chat", "talk.txt", "안나 님과 카카오톡 대화\n저장한 날짜 : 2026-03-07 21:22:00\n\n2026년 3월 7일 오후 9:22, 안나 : 안녕\n"},
		{"old_phone", "1.vmg", "BEGIN:VMSG\r\nVERSION:1.1\r\nBEGIN:VENV\r\nBEGIN:VBODY\r\nhi\r\nEND:VBODY\r\nEND:VENV\r\nEND:VMSG\r\n"},
		{"old_phone", "messages.csv", "\"sms\",\"READ,RECEIVED\",\"Anna\",\"\",\"\",\"2009.03.07 21:22\",\"\",\"hi\"\n"},
		{"old_phone", "SMS.xml", `<?xml version="1.0"?><MessageRecords><MessageRecord><Body>hi</Body></MessageRecord></MessageRecords>`},
		{"old_phone", "phone.ipd", "Inter@ctive Pager Backup/Restore File\n\x02\x00"},
		{"mail_store", "Inbox.dbx", "\xcf\xad\x12\xfe\xc5\xfd\x74\x6f"},
		{"mail_store", "messages.tbb", "!\t\x70\x19xx"},
		{"manager_vault", "vault.enpassdbsync", "x\x00\x01"},
		{"dashlane_encrypted", "export.dash", "x\x00\x01"},
		{"iphone_piece", "Manifest.mbdb", "mbdb\x05\x00"},
		{"saved_message", "page.mhtml", "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://shop.example/\r\nSubject: Shop\r\nDate: Sat, 7 Mar 2026 21:22:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"b\"\r\n\r\n--b\r\n"},
		{"rar", "a.rar", "Rar!\x1a\x07\x00xx"},
		{"disk_image", "a.dmg", "x\x01xxx"},
		{"disk_image", "install", strings.Repeat("\x00", 32769) + "CD001\x01"},
		{"packed_other", "a.tar.xz", "\xfd7zXZ\x00\x00\x00"},
		{"packed_other", "a.zst", "\x28\xb5\x2f\xfdxx"},
		{"cloud_placeholder", ".facebook.zip.icloud", "bplist00xx"},
		{"cloud_placeholder", "Passwords.gsheet", `{"url":"https://docs.google.com/open?id=x","doc_id":"x"}`},
		{"partial_download", "Unconfirmed 123.crdownload", "x"},
		{"partial_download", "takeout.zip.part", "xx"},
		{"empty", "a.csv", ""},
		{"android_backup", "backup.ab", "ANDROID BACKUP\n5\n1\nnone\n"},
		{"smart_switch", "Message.smem", "xxxx"},
		{"signal_backup", "signal-2024-05-01-10-00-00.backup", "zzzzzz"},
		{"authy", "com.authy.storage.tokens.authenticator.xml", "<map></map>"},
		{"keychain", "login.keychain-db", "kych\x00\x01"},
		{"password_safe", "a.psafe3", "PWS3xxxx"},
		{"contacts", "00001.vcf", "BEGIN:VCARD\r\nFN:Ann\r\nTEL:+33639989999\r\nEND:VCARD\r\n"},
		{"bookmarks", "bookmarks.html", "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><A HREF=\"https://shop.example\">Shop</A></DL>"},
		{"browser_history", "BrowserHistory.json", `{"Browser History": [{"page_transition":"LINK","title":"x","url":"https://shop.example","time_usec": 1}]}`},
		{"office_document", "passwords.pdf", "%PDF-1.7\nxx"},
		{"office_document", "passwords.xlsx", string(Zip(t, map[string]string{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}))},
		{"office_document", "list", string(Zip(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>", "META-INF/manifest.xml": "<x/>"}))},
		{"login_page", "takeout-2024-001.zip", `<!doctype html><html><head><title>Sign in</title></head><body><form><input name="pw" type="password"></form></body></html>`},
		{"login_page", "export.csv", `<html><head><title>403 Forbidden</title></head><body>nginx</body></html>`},
		{"error_page", "facebook.zip", `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>`},
		{"error_page", "data.json", `{"error":{"code":401,"message":"Not signed in"}}`},
		{"passwords_page", "passwords.html", `<html><body><table><tr><th>Site</th><th>User</th><th>Password</th></tr></table></body></html>`},
		{"unknown_picture", "a.jpg.txt", "GIF89a\x00\x00"},
		{"unknown_media", "a.mp4", "\x00\x00\x00\x20ftypisom"},
		{"unknown_data", "a.json", `{"temperature":[1,2,3]}`},
		{"unknown_columns", "a.csv", "date,amount,shop\n2024-01-01,3,y\n2024-01-02,4,z\n"},
		{"unknown_text", "a.txt", "Dear diary, today I went out.\n"},
		{"unknown", "a.bin", "\x01\x02\x03\x04\x05"},
	} {
		if got := keys(Scan(t, Write(t, c.name, c.content))); len(got) != 1 || got[0] != c.key {
			t.Errorf("%s is told as %q, want %s", c.name, got, c.key)
		}
	}
}

// In a folder or an archive such a file is told too, beside what was read; what a file only seems to be is not.
func TestKnownInFolder(t *testing.T) {
	r := Scan(t, Folder(t, map[string]string{
		"passwords.csv": csv, "old/messages.msg": "<ArrayOfMessage></ArrayOfMessage>", "a.rar": "Rar!\x1a\x07\x00", "notes.txt": "hello", "card.vcf": "BEGIN:VCARD\n",
	}))
	Equal(t, Lines(r), csvLines)
	Equal(t, keys(r), []string{"windows_phone_sms", "rar"})
	Equal(t, keys(Scan(t, Write(t, "chat.zip", string(Zip(t, map[string]string{"WhatsApp Chat with Ann.txt": "07/03/2026, 21:22 - Ann: hi\n", "IMG.jpg": "\xff\xd8\xff"}))))), []string{"whatsapp_chat"})
	r = Scan(t, Folder(t, map[string]string{"account.json": `{"email":"pat@mail.example"}`, "tweets.csv": `"tweet_id","in_reply_to_status_id","timestamp"` + "\n"}))
	if got := keys(r); !slices.Contains(got, "twitter_tweets") {
		t.Errorf("beside what anybody may have: %q", got)
	}
	Equal(t, keys(Scan(t, Folder(t, map[string]string{"a.vcf": "BEGIN:VCARD\n", "notes.txt": "x"}))), []string{"contacts"})
}

// One reason is said once, with how many files it holds for.
func TestRefusals(t *testing.T) {
	files := map[string]string{"other.rar": "Rar!\x1a\x07\x00"}
	for _, n := range []string{"a", "b", "c", "d", "e"} {
		files[n+".msg"] = "<ArrayOfMessage></ArrayOfMessage>"
	}
	got := evidence.Refusals(Scan(t, Folder(t, files)).Sources)
	if len(got) != 2 || got[0].More != 2 || len(got[0].Names) != 3 || got[1].More != 0 || len(got[1].Names) != 1 {
		t.Errorf("%+v", got)
	}
}

// A member that is packed by an unknown method is whole: the person is told which, and that the archive has to be packed
// anew; only what is cut off or has another checksum is damaged.
func TestPackedByOtherMethod(t *testing.T) {
	whole := Zip(t, map[string]string{"data/account.js": `window.YTD.account.part0 = [ ]`, "passwords.csv": csv})
	for method, name := range map[uint16]string{9: "Deflate64", 14: "LZMA", 93: "Zstandard", 98: "PPMd", 95: "XZ", 77: "method 77"} {
		b := []byte(string(whole))
		for i := range len(b) - 12 {
			switch string(b[i : i+4]) {
			case "PK\x03\x04":
				binary.LittleEndian.PutUint16(b[i+8:], method)
			case "PK\x01\x02":
				binary.LittleEndian.PutUint16(b[i+10:], method)
			}
		}
		r := Scan(t, Write(t, "twitter.zip", string(b)))
		Equal(t, keys(r), []string{"packed_method"})
		if got := r.Sources[0].Problems[0].Args["method"]; got != name {
			t.Errorf("method %d is called %q", method, got)
		}
	}
	for name, key := range map[string]string{"twitter.zip": "damaged_zip", "twitter.zip.001": "packed_other", "twitter.z01": "packed_other", "twitter.zip.crdownload": "partial_download"} {
		Equal(t, keys(Scan(t, Write(t, name, string(whole[:len(whole)-40])))), []string{key})
	}
}
