package mailbox

import (
	"strings"
	"testing"
)

// One mistake in the table of senders, and the error says where.
func TestSenderMistakes(t *testing.T) {
	good := string(sendersJSON)
	for _, c := range []struct{ old, bad, want string }{
		{`"simplelogin.co"`, `"simplelogin"`, `s.json: forwarding: "simplelogin"`},
		{`"discoursemail.com"`, `"discoursemail.com", "discoursemail.com"`, `s.json: forums: "discoursemail.com"`},
		{`"nepasrepondre"`, `"ne.pas"`, `s.json: roles: "ne.pas"`},
		{`"sicherheit"`, `"Sicherheit"`, "s.json: "},
		{`"netflix": []`, `"netflix": ["flix"]`, `s.json: brands: "netflix"`},
		{`"everyday": [`, `"every_day": [`, `json: unknown field "every_day"`},
		{`"netflix": []`, `"netflix": "flix"`, "s.json: line "},
	} {
		if !strings.Contains(good, c.old) {
			t.Fatalf("%s is not there", c.old)
		}
		_, err := readSenders("s.json", []byte(strings.Replace(good, c.old, c.bad, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %s", c.bad, err, c.want)
		}
	}
	if _, err := readSenders("s.json", []byte(`{}`)); err == nil || !strings.Contains(err.Error(), "s.json: forwarding: nothing") {
		t.Errorf("empty: %v", err)
	}
}
