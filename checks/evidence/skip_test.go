package evidence_test

import (
	"fmt"
	"testing"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/evidencetest"
)

// What is passed over is counted by reason and known by name, the name alone.
func TestSkipped(t *testing.T) {
	file := evidencetest.Write(t, "vault.json", `{"encrypted":false,"folders":[],"items":[
		{"type":1,"name":"Old phone PIN","login":{"username":"pat","password":"Sunny-Day-7"}},
		{"type":1,"name":"Sunny-Day-8","login":{"username":"pat","password":"Sunny-Day-8"}},
		{"type":1,"name":"Router\u202e \u0007at home","login":{"username":"admin"}},
		{"type":2,"name":"Diary","notes":"dear diary"},
		{"type":1,"name":"Binned","deletedDate":"2024-01-01T00:00:00Z","login":{"uris":[{"uri":"https://binned.example"}]}},
		{"type":1,"name":"Shop","login":{"uris":[{"uri":"https://shop.example"}],"username":"pat@mail.example"}},
		17]}`)
	s := evidencetest.Scan(t, file).Sources[0]
	want := "[{no_site 3 [Old phone PIN Router at home]} {broken 1 []} {discarded 1 [Binned]} {no_login 1 [Diary]}]"
	if got := fmt.Sprint(s.Passed); got != want || s.Items != 7 || s.Skipped != 6 {
		t.Errorf("%d of %d passed over: %s, want %s", s.Skipped, s.Items, got, want)
	}
	if kept := fmt.Sprint(s.WithoutNames().Passed); kept != "[{no_site 3 []} {broken 1 []} {discarded 1 []} {no_login 1 []}]" {
		t.Errorf("kept: %s", kept)
	}
}

// Two readings of one source add up, reason by reason.
func TestSkippedAdd(t *testing.T) {
	a := evidence.Source{Items: 5, Skipped: 3, Passed: []evidence.Skipped{{Reason: evidence.NoAccount, Count: 2, Names: []string{"a", "c"}}, {Reason: evidence.Unwanted, Count: 1}}}
	a.Add(evidence.Source{Items: 2, Skipped: 2, Passed: []evidence.Skipped{{Reason: evidence.NoAccount, Count: 1, Names: []string{"b"}}, {Reason: evidence.Broken, Count: 1}}})
	if got := fmt.Sprint(a.Items, a.Skipped, a.Passed); got != "7 5 [{broken 1 []} {no_account 3 [a b c]} {unwanted 1 []}]" {
		t.Error(got)
	}
}
