package overview_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
)

var readAt = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// reading is what one file showed.
func reading(file string, findings ...evidence.Finding) evidence.Report {
	r := evidence.Report{Sources: []evidence.Source{{ID: "id-" + file, Path: file, Format: "chrome-csv", Items: len(findings)}}}
	for _, f := range findings {
		f.Source, f.SourceID, f.Format, f.Count = file, "id-"+file, "chrome-csv", 1
		r.Findings = append(r.Findings, f)
	}
	return r
}

func shows(site string, sure evidence.Confidence, id identifier.Identifier) evidence.Finding {
	return evidence.Finding{Fact: evidence.FactAccount, Site: site, Confidence: sure, Identifier: id, Purpose: evidence.PurposeSignIn}
}

func kinds(r overview.Review) string {
	var out []string
	for _, a := range r.Accounts {
		out = append(out, a.Platform+":"+string(a.Kind))
	}
	return strings.Join(out, " ")
}

// A reading is told apart from what was known: new accounts by how sure they are, known ones by whether anything
// about them is new; what nobody said to be theirs is proposed.
func TestReview(t *testing.T) {
	c, b := data(t)
	own, other := ids(t, "rose@mail.example")[0], ids(t, "someone@post.example")[0]
	p := &profile.Profile{Document: profile.Document{Identifiers: []profile.Own{{ID: own}}}}
	first := reading("a.csv", shows("reddit.com", evidence.Confirmed, own), shows("discord.com", evidence.Likely, own), shows("spotify.com", evidence.Possible, own))
	r := overview.ReviewOf(p, first, c, readAt)
	if got := kinds(r); got != "discord.com:likely reddit.com:sure spotify.com:possible" {
		t.Errorf("first reading: %s", got)
	}
	if len(p.Findings) != 0 || len(r.Proposed) != 0 {
		t.Errorf("the profile was altered (%d) or something proposed: %v", len(p.Findings), r.Proposed)
	}
	p.AcceptReport(first, readAt)
	second := reading("b.csv",
		shows("reddit.com", evidence.Confirmed, own), // nothing new
		shows("discord.com", evidence.Confirmed, own),
		evidence.Finding{Fact: evidence.FactPhone2FA, Site: "spotify.com", Confidence: evidence.Possible, Purpose: evidence.PurposeSecondFactor},
		shows("github.com", evidence.Confirmed, other),
	)
	r = overview.ReviewOf(p, second, c, readAt)
	if got := kinds(r); got != "discord.com:changed github.com:sure reddit.com:same spotify.com:changed" {
		t.Errorf("second reading: %s", got)
	}
	if !slices.Equal(r.Proposed, []identifier.Identifier{other}) {
		t.Errorf("proposed: %v", r.Proposed)
	}
	for _, a := range r.Accounts {
		if a.Platform == "spotify.com" && !slices.Equal(a.More.SecondFactor, []string{"phone"}) {
			t.Errorf("what is new at Spotify: %+v", a.More)
		}
	}
	p.Dismissed = []identifier.Identifier{other}
	if r = overview.ReviewOf(p, second, c, readAt); len(r.Proposed) != 0 {
		t.Errorf("proposed again after a no: %v", r.Proposed)
	}
	_ = b
}

// What the person refuses of a reading is left out: a new account is remembered as not theirs, a known one stays as
// it was, also where the same file is read again.
func TestKept(t *testing.T) {
	c, _ := data(t)
	own := ids(t, "rose@mail.example")[0]
	number := ids(t, "+33639981234")[0]
	start := func() *profile.Profile {
		p := &profile.Profile{Document: profile.Document{Identifiers: []profile.Own{{ID: own}, {ID: number}}}}
		p.AcceptReport(reading("a.csv", shows("reddit.com", evidence.Likely, own), shows("discord.com", evidence.Likely, own)), readAt)
		return p
	}
	holds := evidence.Finding{Fact: evidence.FactHoldsPhone, Site: "reddit.com", Confidence: evidence.Confirmed, Identifier: number, Purpose: evidence.PurposeRecovery}
	again := reading("a.csv", shows("reddit.com", evidence.Confirmed, own), holds, shows("discord.com", evidence.Confirmed, own), shows("github.com", evidence.Confirmed, own))
	for _, file := range []string{"a.csv", "b.csv"} {
		found := again
		if file != "a.csv" {
			found = reading(file, again.Findings...)
		}
		p := start()
		r := overview.ReviewOf(p, found, c, readAt)
		report, claims := r.Kept(map[string]bool{keyAt(r, "reddit.com"): true, keyAt(r, "github.com"): true}, nil, p.Claims)
		p.AcceptReport(report, readAt)
		for _, cl := range claims {
			p.Claim(cl)
		}
		set := account.Fuse(p.Findings, p.Claims, overview.Own(p), c)
		got := map[string]account.Account{}
		for _, a := range set.Accounts {
			got[a.Platform] = a
		}
		if a, is := got["reddit.com"]; !is || a.Confidence != evidence.Likely || a.HoldsPhone() {
			t.Errorf("%s: Reddit is not what it was: %v %+v", file, is, a)
		}
		if got["discord.com"].Confidence != evidence.Confirmed {
			t.Errorf("%s: what was accepted of Discord is lost", file)
		}
		if _, is := got["github.com"]; is {
			t.Errorf("%s: GitHub is kept in spite of the no", file)
		}
		if len(claims) != 1 || !claims[0].Gone || claims[0].Platform != "github.com" {
			t.Errorf("%s: remembered: %+v", file, claims)
		}
	}
}

func keyAt(r overview.Review, platform string) string {
	for _, a := range r.Accounts {
		if a.Platform == platform {
			return a.Key()
		}
	}
	return "none at " + platform
}

// Accounts that are said to be one become one, whatever tick was taken from one of them.
func TestKeptTogether(t *testing.T) {
	c, _ := data(t)
	p := &profile.Profile{}
	user := func(name string) evidence.Finding {
		return evidence.Finding{Fact: evidence.FactAccount, Site: "x.com", Confidence: evidence.Confirmed, UserName: name, Purpose: evidence.PurposeSignIn}
	}
	r := overview.ReviewOf(p, reading("a.csv", user("rose"), user("rosie")), c, readAt)
	if len(r.Accounts) != 2 {
		t.Fatal(kinds(r))
	}
	report, claims := r.Kept(map[string]bool{r.Accounts[0].Key(): true}, map[string]bool{"x.com": true}, nil)
	set := account.Fuse(report.Findings, claims, nil, c)
	if len(set.Accounts) != 1 || len(set.Accounts[0].UserNames) != 2 {
		t.Errorf("%+v", set.Accounts)
	}
}

// An identifier is the person's only if they said so; a number that ends like theirs may be.
func TestWhose(t *testing.T) {
	own := ids(t, "rose@mail.example", "+33639981234")
	unplaced := func(v string) identifier.Identifier {
		return identifier.Identifier{Kind: identifier.KindUnplaced, Value: v}
	}
	refused := ids(t, "mum@mail.example")[0]
	p := &profile.Profile{Document: profile.Document{Identifiers: []profile.Own{{ID: own[0]}, {ID: own[1]}}, Dismissed: []identifier.Identifier{refused, own[1]}}}
	l := overview.ListsOf(p)
	for id, want := range map[identifier.Identifier]overview.Whose{
		own[0]: overview.Yours, own[1]: overview.Yours, ids(t, "ROSE@mail.example")[0]: overview.Yours, // on the list, whatever was once refused
		refused: overview.NotYours, ids(t, "else@mail.example")[0]: overview.NotListed, ids(t, "+33639981235")[0]: overview.NotListed,
		unplaced("0639981234"): overview.MaybeYours, unplaced("••••••81235"): overview.NotListed,
	} {
		if got := l.Of(id); got != want {
			t.Errorf("%v: %d, want %d", id, got, want)
		}
	}
	holds := func(list ...identifier.Identifier) account.Account { return account.Account{Identifiers: list} }
	for _, c := range []struct {
		a           account.Account
		yours, asks bool
	}{
		{holds(), false, false},
		{holds(own[0]), false, false},
		{holds(own[1]), true, false},
		{holds(ids(t, "+33639981235")[0]), false, true},
		{holds(unplaced("0639981234")), true, true},
		{holds(refused), false, false},
	} {
		if y, a := l.HoldsYours(c.a), l.Asks(c.a); y != c.yours || a != c.asks {
			t.Errorf("%v: holds yours %v, asks %v", c.a.Identifiers, y, a)
		}
	}
	if !l.HasNumber() || overview.ListsOf(&profile.Profile{}).HasNumber() {
		t.Error("whether a number is on the list")
	}
}

// The groups of an account follow from what is known of it; a leak from before the person came is not theirs.
func TestGroups(t *testing.T) {
	c, b := data(t)
	own := ids(t, "rose@mail.example", "+33639981234")
	p := &profile.Profile{Document: profile.Document{Identifiers: []profile.Own{{ID: own[0]}, {ID: own[1]}}}}
	late := shows("dropbox.com", evidence.Confirmed, own[0])
	late.First, late.Last = readAt, readAt
	sms := evidence.Finding{Fact: evidence.FactPhone2FA, Site: "paypal.com", Confidence: evidence.Confirmed, Identifier: own[1], Purpose: evidence.PurposeSecondFactor}
	reuse := func(site string) evidence.Finding {
		return evidence.Finding{Fact: evidence.FactReuse, Site: site, Confidence: evidence.Confirmed, Detail: "1", Identifier: own[0]}
	}
	p.AcceptReport(reading("a.csv", shows("adobe.com", evidence.Confirmed, own[0]), late, sms, reuse("reddit.com"), reuse("discord.com"),
		shows("spotify.com", evidence.Possible, own[0]), shows("steam.example", evidence.Confirmed, ids(t, "who@mail.example")[0])), readAt)
	o := overview.Of(p, c, b)
	g := overview.GroupsOf(p, o)
	want := map[string]string{
		"adobe.com": "leaked", "dropbox.com": "", "paypal.com": "number codes", "reddit.com": "reused", "discord.com": "reused",
		"spotify.com": "confirm", "steam.example": "confirm",
	}
	for _, a := range o.Accounts {
		var in []string
		for _, group := range overview.AllGroups() {
			if g.In(a, group) {
				in = append(in, string(group))
			}
		}
		if got := strings.Join(in, " "); got != want[a.Platform] {
			t.Errorf("%s is in %q, want %q", a.Platform, got, want[a.Platform])
		}
		delete(want, a.Platform)
	}
	if len(want) > 0 {
		t.Errorf("no account at %v", want)
	}
	if g.In(o.Accounts[0], "no such group") {
		t.Error("in a group that is none")
	}
}
