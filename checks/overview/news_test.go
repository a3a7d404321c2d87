package overview

import (
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/profile"
)

// News is what changed since the last look, never what was always there.
func TestUnseen(t *testing.T) {
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	o := Overview{}
	o.Accounts = []account.Account{{Platform: "x.com"}, {Platform: "github.com"}, {Platform: "nowhere.example"}}
	p := &profile.Profile{}
	news, marks := Unseen(p, o, c)
	if len(news) != 0 || len(marks) != 2 {
		t.Fatalf("at the first look: %+v, %d marks", news, len(marks))
	}
	p.Seen = marks
	if news, _ := Unseen(p, o, c); len(news) != 0 {
		t.Errorf("nothing changed, and it says %+v", news)
	}
	old := marks["x.com"]
	old.Exit, old.Reviewed, old.Incidents = "forced", time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), old.Incidents[1:]
	p.Seen["x.com"] = old
	news, _ = Unseen(p, o, c)
	if len(news) != 1 || !news[0].Exit || !news[0].Guide || len(news[0].Incidents) != 1 {
		t.Errorf("three things changed at X: %+v", news)
	}
}
