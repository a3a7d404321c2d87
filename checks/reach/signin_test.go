package reach

import (
	"strings"
	"testing"
)

// An archive calls a provider by its brand, its host, an address or a name of
// former times.
func TestSignInNames(t *testing.T) {
	for said, want := range map[string]string{
		"Google": "google.com", "accounts.google.com": "google.com", "https://appleid.apple.com/auth": "apple.com",
		"Twitter": "x.com", "twitter.com": "x.com", "X": "x.com", "Facebook": "facebook.com",
		"A Game": "a game", "notgoogle.com": "notgoogle.com",
	} {
		if got := linkName(said); got != want {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
	if rank("google.com") >= rank("discord.com") || rank("discord.com") >= rank("forum.example") || rank("a.example") != rank("b.example") {
		t.Error("the order of who opens whom")
	}
}

// One mistake in the table, and the error says where.
func TestSignInMistakes(t *testing.T) {
	for raw, want := range map[string]string{
		`[{"platform":"a.example","names":["a"]}]`:                              `s.json: provider 1, "a.example": source`,
		`[{"platform":"a.example","source":"https://a.example"}]`:               `"a.example": names: none`,
		`[{"platform":"alpha","names":["a"],"source":"https://a.example"}]`:     `"alpha": platform`,
		`[{"platform":"a.example","names":["A"],"source":"https://a.example"}]`: "names: A: not lower case",
		`[{"platform":"a.example","names":["a"],"source":"https://a.example"},
			{"platform":"b.example","names":["a"],"source":"https://b.example"}]`: `provider 2, "b.example": names: a:`,
		`[{"platform":"a.example","name":["a"]}]`: `s.json: line 1: json: unknown field "name"`,
	} {
		if _, err := readSignIn("s.json", []byte(raw)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %s", raw, err, want)
		}
	}
}
