package identifier

import (
	"strings"
	"testing"
)

// What a provider delivers to one mailbox is one address; where nothing is
// known, every letter counts.
func TestMailProviders(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Pat.Lee+shop@gmail.com", "patlee@googlemail.com", true},
		{"pat+shop@outlook.fr", "pat@outlook.fr", true},
		{"pat@outlook.fr", "pat@outlook.com", false},
		{"pat.lee@proton.me", "patlee@proton.me", false},
		{"pat+shop@orange.fr", "pat@orange.fr", false},
		{"pat+shop@firm.example", "pat@firm.example", false},
	} {
		if got := Same(Identifier{KindEmail, c.a}, Identifier{KindEmail, c.b}); got != c.same {
			t.Errorf("%s, %s: %v", c.a, c.b, got)
		}
	}
	if !FreeMail("ziggo.nl") || FreeMail("exchangelabs.com") || FreeMail("firm.example") {
		t.Error("free mailboxes")
	}
	if p, ok := MailProviderOf("mac.com"); !ok || p.ID != "icloud.com" {
		t.Errorf("%+v", p)
	}
}

// One mistake in the table, and the error says where.
func TestMailProviderMistakes(t *testing.T) {
	for raw, want := range map[string]string{
		`[{"id":"a.example","mail":["b.example"]}]`:                                                     `p.json: provider 1, "a.example": id`,
		`[{"id":"a.example","machines":["a.example"]}]`:                                                 `"a.example": mail`,
		`[{"id":"a.example","mail":["a.example"],"plus":true}]`:                                         `"a.example": source`,
		`[{"id":"a.example","mail":["a.example"],"dots":true,"source":"https://x.y"}]`:                  `"a.example": confidence`,
		`[{"id":"a.example","mail":["a.example","B.example"]}]`:                                         "B.example: no domain, or twice",
		`[{"id":"a.example","mail":["a.example"]},{"id":"c.example","mail":["c.example","a.example"]}]`: `provider 2, "c.example": a.example`,
		"[{\"id\":\"a.example\",\n\"mial\":[]}]":                                                        `p.json: line 2: json: unknown field "mial"`,
		`[{"id":7}]`:                                                                                    "id",
		`[] []`:                                                                                         "more than one",
	} {
		if _, err := readMailProviders("p.json", []byte(raw)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %s", raw, err, want)
		}
	}
}
