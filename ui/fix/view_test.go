package fix

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/rehearsal"
	"unlisted/checks/sample"
	"unlisted/checks/text"
)

var (
	now   = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	phone = identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639981234"}
	mail  = identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@post.example"}
)

func printer(t testing.TB, lang string) *text.Printer {
	t.Helper()
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer(lang)
}

func loadCatalog(t testing.TB) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// dataOf is what the pages of a person are made from.
func dataOf(c *catalog.Catalog, p *profile.Profile) data {
	o := overview.Of(p, c, &breach.Catalogue{})
	return newData(p, o, c, overview.Reach(p, o, c, false), now)
}

// invented is the invented person, changed by prepare.
func invented(t testing.TB, prepare func(*profile.Profile)) data {
	t.Helper()
	p, err := sample.Profile(t.Context(), assets.Sub("sample"), all.Importers(), now)
	if err != nil {
		t.Fatal(err)
	}
	if prepare != nil {
		prepare(p)
	}
	return dataOf(loadCatalog(t), p)
}

// somebody has these identifiers, and nothing is known of them yet.
func somebody(own ...identifier.Identifier) *profile.Profile {
	p := &profile.Profile{Version: profile.Version}
	for _, id := range own {
		p.Identifiers = append(p.Identifiers, profile.Own{ID: id})
	}
	return p
}

// claims is somebody who says of n platforms that they hold the number and send
// codes to it.
func claims(c *catalog.Catalog, n int) *profile.Profile {
	p := somebody(phone, mail)
	for i := 0; len(p.Claims) < n; i++ {
		p.Claims = append(p.Claims, account.Claim{
			Platform: c.At(i * 7 % c.Len()).ID, Identifiers: []identifier.Identifier{phone, mail}, SecondFactor: []string{"phone"},
		})
	}
	return p
}

func tick(p *profile.Profile, key string, kinds ...catalog.StepKind) {
	if p.Steps == nil {
		p.Steps = map[string]map[string]profile.Ticked{}
	}
	if p.Steps[key] == nil {
		p.Steps[key] = map[string]profile.Ticked{}
	}
	for _, k := range kinds {
		p.Steps[key][string(k)] = profile.Ticked{At: now.AddDate(0, 0, -1)}
	}
}

func wordsOf(tags []tag) (out []string) {
	for _, x := range tags {
		out = append(out, x.word)
	}
	return out
}

// The plan begins with the mailbox, says why each thing comes when it does, and
// folds away what is done or left out.
func TestPlan(t *testing.T) {
	en := printer(t, "en")
	d := invented(t, nil)
	v := makePlan(d, state{}, en)
	if v.nothing || v.progress.done != 0 || v.progress.all != len(d.overview.Actions) || v.rest != "" {
		t.Fatalf("%+v", v)
	}
	first := d.overview.Actions[0]
	if v.hero == nil || v.hero.id != first.ID || v.hero.account != "google.com" || v.hero.start != "Start" || v.hero.first == "" {
		t.Errorf("the next step is %+v", v.hero)
	}
	if got := wordsOf(v.hero.tags); !slices.Equal(got, []string{"Critical"}) {
		t.Errorf("its tags: %q", got)
	}
	if len(v.rows) != v.progress.all || v.rows[0].title != v.hero.title {
		t.Errorf("%d rows of %d", len(v.rows), v.progress.all)
	}
	later := v.rows[slices.IndexFunc(v.rows, func(r actionRow) bool { return r.id == "x.com/remove-number" })]
	if !strings.HasPrefix(later.detail, "3 min · After “Set up a safer way to sign in to Google") || !slices.Contains(wordsOf(later.tags), "Later") {
		t.Errorf("%+v", later)
	}

	skipped := d.overview.Actions[1].ID
	d = invented(t, func(p *profile.Profile) {
		p.Skipped = []string{skipped}
		tick(p, "google.com", catalog.StepSee, catalog.StepEmail, catalog.StepAddApp)
	})
	v = makePlan(d, state{}, en)
	if v.hero.start != "Go on" || !slices.Contains(wordsOf(v.hero.tags), "Begun") || !strings.Contains(v.hero.first, "recovery codes") {
		t.Errorf("what was begun: %+v", v.hero)
	}
	if slices.ContainsFunc(v.rows, func(r actionRow) bool { return r.id == skipped }) || len(v.chips) < 3 || v.chips[0].count != len(v.rows) {
		t.Errorf("what was left out is in sight: %+v", v.chips)
	}
	out := makePlan(d, state{shown: showOut}, en).rows
	if len(out) != 1 || out[0].id != skipped || !out[0].out {
		t.Errorf("left out: %+v", out)
	}
}

// Where nothing is to be done the page says what that rests on, and counts
// nothing.
func TestPlanWithNothing(t *testing.T) {
	en := printer(t, "en")
	c := loadCatalog(t)
	v := makePlan(dataOf(c, &profile.Profile{Version: profile.Version}), state{}, en)
	if !v.nothing || v.accounts != 0 || v.progress.words != "" || v.hero != nil || v.chips != nil || v.rows != nil || v.rest != "" {
		t.Errorf("empty: %+v", v)
	}
	p := somebody()
	p.Claims = []account.Claim{{Platform: "wikipedia.org"}}
	if v = makePlan(dataOf(c, p), state{}, en); !v.nothing || v.accounts != 1 {
		t.Errorf("an account with nothing to do: %+v", v)
	}
}

// Two accounts at one platform are told apart by their sign-in, masked.
func TestPlanOfSeveralAccounts(t *testing.T) {
	d := invented(t, nil)
	titles := map[string]bool{}
	for _, r := range makePlan(d, state{}, printer(t, "en")).rows {
		if titles[r.title] || strings.Contains(r.title, "camille") {
			t.Errorf("%q", r.title)
		}
		titles[r.title] = true
	}
	if !titles["Change your Amazon password · c•••@gmail.com"] {
		t.Errorf("%v", titles)
	}
}

// When all is done, or what is left waits for what was left out, the page says
// which of the two it is.
func TestPlanAtRest(t *testing.T) {
	en := printer(t, "en")
	d := invented(t, nil)
	for i := range d.overview.Actions {
		d.overview.Actions[i].State = plan.StateDone
	}
	v := makePlan(d, state{}, en)
	if v.hero != nil || v.rest != en.T("fix.rest.done") || len(v.rows) != 0 || v.none != en.T("fix.show.empty") || strings.Contains(v.progress.words, "to go") {
		t.Errorf("done: %+v", v)
	}
	d.overview.Actions[0].State, d.overview.Actions[1].State = plan.StateSkipped, plan.StateBlocked
	if v = makePlan(d, state{}, en); v.hero != nil || v.rest != en.T("fix.rest.out") || len(v.rows) != 1 {
		t.Errorf("left out: %+v", v)
	}
}

// A plan of thousands is searched by platform, and foreign names cannot act on
// the screen.
func TestLargePlan(t *testing.T) {
	c := loadCatalog(t)
	p := claims(c, 600)
	hostile := "evil\u202e\x1b[2J" + strings.Repeat("ם̈", 100)
	d := dataOf(c, p)
	for i := range d.overview.Actions {
		if d.overview.Actions[i].Account == c.At(7).ID {
			d.overview.Actions[i].Platform = hostile
		}
	}
	en := printer(t, "en")
	v := makePlan(d, state{}, en)
	if !v.search || v.chips == nil || len(v.rows) < 600 {
		t.Fatalf("%d rows, search %v", len(v.rows), v.search)
	}
	for _, r := range v.rows {
		if strings.ContainsAny(r.title, "\u202e\x1b") {
			t.Fatalf("%q", r.title)
		}
	}
	name := c.At(14).Name
	found := makePlan(d, state{query: strings.ToUpper(name)}, en)
	if len(found.rows) == 0 || len(found.rows) > 20 || !strings.Contains(found.rows[0].title, name) {
		t.Errorf("%q finds %d", name, len(found.rows))
	}
	if none := makePlan(d, state{query: "no such thing"}, en); len(none.rows) != 0 || none.none != "Nothing matches your search." {
		t.Errorf("%+v", none.none)
	}
}

// Times are rounded as a person says them.
func TestDuration(t *testing.T) {
	en := printer(t, "en")
	for minutes, want := range map[int]string{
		1: "about 1 minute", 10: "about 10 minutes", 89: "about 89 minutes", 90: "about 2 hours", 149: "about 2 hours", 150: "about 3 hours",
	} {
		if got := duration(en, minutes); got != want {
			t.Errorf("%d: %q, not %q", minutes, got, want)
		}
	}
}

// An address names an account, or a step of it; a sign-in name with a slash is
// no step.
func TestAddresses(t *testing.T) {
	for arg, want := range map[string][2]string{
		"x.com": {"x.com", ""}, "x.com/remove-phone": {"x.com", "remove-phone"}, "x.com#a/b": {"x.com#a/b", ""},
		"x.com#a/see": {"x.com#a", "see"}, "x.com/change-password": {"x.com", "change-password"}, "": {"", ""}, "/": {"/", ""},
	} {
		if id, k := split(arg); id != want[0] || string(k) != want[1] {
			t.Errorf("%q: %q, %q", arg, id, k)
		}
	}
}

func primaries(acts []act) (n int) {
	for _, a := range acts {
		if a.primary {
			n++
		}
	}
	return n
}

// check holds what is true of every view of every guide: one next thing to do,
// no instruction for a step that is locked, and a reason for what is.
func check(t *testing.T, v guideView) {
	t.Helper()
	n := primaries(v.at.acts)
	if v.at.control.first {
		n++
	}
	if n != 1 {
		t.Errorf("%s at %s: %d things are next: %+v", v.id, v.at.kind, n, v.at.acts)
	}
	if i := slices.IndexFunc(v.way, func(r wayRow) bool { return r.mark == markLocked }); i >= 0 && v.way[i].detail == "" {
		t.Errorf("%s: locked steps and no word why", v.id)
	}
	held := v.at.mark == markLocked || v.at.mark == markWaiting
	if held != (len(v.at.held.words) > 0) || held && v.at.control.say+v.at.control.link != "" && v.at.kind != catalog.StepPassword {
		t.Errorf("%s: a step that is held up says %+v", v.id, v.at)
	}
	if v.at.held.overridable && !held {
		t.Errorf("%s: an override where nothing is in the way", v.id)
	}
}

// Every guide leads step by step to its end: the step in sight is the one the
// plan names, and each one done counts.
func TestEveryGuideIsWalked(t *testing.T) {
	c := loadCatalog(t)
	en := printer(t, "en")
	guides := 0
	for i := range c.Len() {
		pl := c.At(i)
		if pl.Guide == nil {
			continue
		}
		guides++
		p := somebody(phone, mail)
		p.Claims = []account.Claim{{Platform: pl.ID, Identifiers: []identifier.Identifier{phone, mail}, SecondFactor: []string{"phone"}}}
		for range 40 {
			d := dataOf(c, p)
			v := makeGuide(d, state{}, pl.ID, en)
			if !v.found {
				t.Fatalf("%s is not there", pl.ID)
			}
			check(t, v)
			for _, row := range slices.Concat(v.way, v.beside) {
				at := makeGuide(d, state{}, pl.ID+"/"+string(row.kind), en)
				check(t, at)
				if at.at.kind != row.kind || at.at.title != row.title || strings.Contains(at.at.title+at.at.control.say, "[guide") {
					t.Errorf("%s: %s is chosen, %s in sight: %q", pl.ID, row.kind, at.at.kind, at.at.title)
				}
			}
			sw, _, _ := overview.Switch(p, d.overview, c, pl.ID)
			next := sw.Next()
			if next < 0 {
				if v.at.kind != "" && v.at.mark != markLocked {
					t.Errorf("%s: nothing is next, %s is in sight", pl.ID, v.at.kind)
				}
				break
			}
			if v.at.kind != sw.Steps[next].Kind || v.at.mark != markNow {
				t.Fatalf("%s: %s is next, %s in sight", pl.ID, sw.Steps[next].Kind, v.at.kind)
			}
			tick(p, pl.ID, v.at.kind)
			if after := makeGuide(dataOf(c, p), state{}, pl.ID, en); after.progress.done != v.progress.done+1 {
				t.Errorf("%s: %d done after %d", pl.ID, after.progress.done, v.progress.done)
			}
		}
	}
	if guides < 50 {
		t.Errorf("only %d guides", guides)
	}
}

// spoken is a text in both languages.
func spoken(en string) map[string]string { return map[string]string{"en": en, "fr": "fr " + en} }

// A step shows all its guide says of it: in the browser or the app as chosen,
// what is asked for, what to see, what may go wrong, the way back, and what it
// rests on with the age of it.
func TestInstructions(t *testing.T) {
	day := func(month int) time.Time { return time.Date(2026, time.Month(month), 1, 0, 0, 0, 0, time.UTC) }
	pl := &catalog.Platform{ID: "any.example", Name: "Any", Exit: catalog.ExitAfterApp, Guide: &catalog.Guide{
		Reviewed: day(10),
		Steps: []catalog.Step{
			{Kind: catalog.StepSee, Control: catalog.Control{Path: map[string][]string{"en": {"Me", "Phone / number"}}}, Confidence: "official"},
			{
				Kind: catalog.StepAddApp, Confidence: "official",
				Control: catalog.Control{Say: spoken("Scan the code."), Path: map[string][]string{"en": {"Security"}}, Link: "https://any.example/s"},
				Web:     &catalog.Control{Path: map[string][]string{"en": {"Safety", "App"}}},
				App:     &catalog.Control{Say: spoken("Tap the shield."), Link: "https://any.example/app"},
				Asks:    []string{"password", "code-sms"}, See: spoken("A tick."), Back: spoken("untick it."),
				Wrong:   []catalog.Wrong{{When: spoken("no code comes"), Do: spoken("wait a minute.")}},
				Minutes: 4, Sources: []catalog.SourceRef{
					{Title: "Help", Quote: "Scan it.", URL: "https://any.example/h", Checked: day(3), Recheck: day(9), Class: catalog.ClassOfficial},
					{Title: "Press", URL: "https://press.example", Checked: day(10), Recheck: day(12), Class: catalog.ClassPress},
				},
			},
			{Kind: catalog.StepRemove, AskPerson: spoken("Is there a bin beside the number?"), Confidence: "unverified"},
			{Kind: catalog.StepVerify, Confidence: "unverified"},
		},
		Preconditions: []catalog.Precondition{{
			Before: catalog.StepVerify, Needs: []catalog.StepKind{catalog.StepAddApp}, Days: 7, Why: spoken("Seven days must pass."),
		}},
		Absent: []catalog.Absent{{Kind: catalog.StepCodes, Why: spoken("There are none."), Sources: []catalog.SourceRef{{Title: "Help", Checked: day(3)}}}},
	}}
	acc := account.Account{ID: pl.ID, Platform: pl.ID, Name: pl.Name}
	en := printer(t, "en")
	g := guide{data: data{now: now}, Switch: plan.NewSwitch(pl, acc, nil), account: acc, t: en}
	at := func(k catalog.StepKind) stepView { return g.step(k) }

	usual := en.T("guide.step.see.do", "platform", "Any", "path", en.T("guide.path.unknown"))
	if c := at(catalog.StepSee).control; c.say != usual || len(c.path) != 2 {
		t.Errorf("a step without a sentence of its own: %+v", c)
	}
	v := at(catalog.StepAddApp)
	if v.control.say != "Scan the code." || !slices.Equal(v.control.path, []string{"Safety", "App"}) || v.control.link != "https://any.example/s" || v.control.variant != onWeb {
		t.Errorf("in the browser: %+v", v.control)
	}
	if len(v.asks) != 2 || v.control.labels != "" || v.see != "A tick." || !slices.Equal(v.wrong, []string{"If no code comes: wait a minute.", "To undo it: untick it."}) || v.ask != "" {
		t.Errorf("%+v", v)
	}
	if s := v.sources; len(s) != 2 || s[0].quote != "Scan it." || !strings.HasSuffix(s[0].words, "should be checked again") || strings.Contains(s[1].words, "again") {
		t.Errorf("sources %+v", s)
	}
	g.st.variant = inApp
	if c := at(catalog.StepAddApp).control; c.say != "Tap the shield." || !slices.Equal(c.path, []string{"Security"}) || c.link != "https://any.example/app" {
		t.Errorf("in the app: %+v", c)
	}
	if rows := g.absent(); len(rows) != 1 || rows[0].why != "There are none." || rows[0].title != "Save the recovery codes" {
		t.Errorf("%+v", rows)
	}
	g.Switch = plan.NewSwitch(pl, acc, plan.Ticks{catalog.StepAddApp: now, catalog.StepRemove: now})
	if v = at(catalog.StepRemove); v.ask != "Is there a bin beside the number?" || v.control.say != "" {
		t.Errorf("a question: %+v", v)
	}
	if v = at(catalog.StepVerify); v.ask != en.T("guide.ask", "platform", "Any") || !strings.Contains(v.why, "Seven days must pass.") || v.tags[0].word != "Possible from 1 December 2026" {
		t.Errorf("a wait: %+v", v)
	}
	g.now = now.AddDate(0, 0, 8)
	if v = at(catalog.StepVerify); len(v.tags) != 0 {
		t.Errorf("after the wait: %+v", v.tags)
	}
	g.t = printer(t, "fr")
	if v = at(catalog.StepAddApp); v.see != "fr A tick." || v.control.labels == "" || v.control.say != "fr Tap the shield." {
		t.Errorf("in French: %+v", v)
	}
}

// Opening the page comes first where there is one; after that, marking it done.
func TestWhatIsNext(t *testing.T) {
	en := printer(t, "en")
	d := invented(t, nil)
	v := makeGuide(d, state{}, "x.com/see", en)
	if v.at.control.link == "" || v.at.control.open != "Open the page on x.com" || !v.at.control.first || primaries(v.at.acts) != 0 {
		t.Errorf("%+v", v.at)
	}
	v = makeGuide(d, state{opened: map[string]bool{"x.com/see": true}}, "x.com/see", en)
	if v.at.control.first || !v.at.acts[0].primary || v.at.acts[0].id != actDone {
		t.Errorf("after it was opened: %+v", v.at.acts)
	}
	if got := openWord(en, "https://www.paypal.com/settings?x=1"); got != "Open the page on paypal.com" {
		t.Errorf("%q", got)
	}
	for _, bad := range []string{"", "settings", "https://", "%zz"} {
		if got := openWord(en, bad); got != "" {
			t.Errorf("%q: %q", bad, got)
		}
	}
}

// A step that waits for another account leads there.
func TestWaitingForAnotherAccount(t *testing.T) {
	en := printer(t, "en")
	d := invented(t, func(p *profile.Profile) {
		tick(p, "x.com", catalog.StepSee, catalog.StepEmail, catalog.StepAddApp, catalog.StepCodes, catalog.StepTest)
	})
	v := makeGuide(d, state{overriding: "x.com/remove-2fa"}, "x.com/remove-2fa", en)
	if v.at.mark != markWaiting || v.at.held.first != "google.com" || v.at.acts[0].word != "Go to Google Account first" || !v.at.acts[0].primary {
		t.Errorf("%+v", v.at)
	}
	if !v.at.held.overridable || !v.at.held.asked {
		t.Errorf("the override: %+v", v.at.held)
	}
}

// A number that went before its guards held is said, whatever else stands there.
func TestVerdicts(t *testing.T) {
	en := printer(t, "en")
	whole := []catalog.StepKind{catalog.StepSee, catalog.StepEmail, catalog.StepAddApp, catalog.StepCodes, catalog.StepTest, catalog.StepRemove2FA, catalog.StepRemove}
	for name, c := range map[string]struct {
		ticks []catalog.StepKind
		ago   int // weeks
		want  string
		tone  tone
		first bool
		tick  bool
	}{
		"nothing done":   {nil, 0, "Not safe to remove the number yet", plain, false, false},
		"secured":        {whole[:5], 0, "Another way in works", accent, false, false},
		"out":            {whole, 0, "The number has been taken out", good, true, false},
		"out long since": {whole, 9, "The number has been taken out", good, true, true},
		"out unguarded":  {whole[5:], 0, "The number has been taken out", warning, true, false},
	} {
		d := invented(t, func(p *profile.Profile) { tick(p, "x.com", c.ticks...) })
		d.now = now.AddDate(0, 0, 7*c.ago)
		v := makeGuide(d, state{}, "x.com", en).verdict
		if v.words.What != c.want || v.tone != c.tone || v.first != c.first || v.tick != c.tick || (v.unguarded != nil) != (c.tone == warning) {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

// The account of somebody who has several is named by its sign-in, masked.
func TestGuideOfOneOfSeveral(t *testing.T) {
	c := loadCatalog(t)
	p := somebody(mail)
	other := identifier.Identifier{Kind: identifier.KindEmail, Value: "work@post.example"}
	for _, id := range []identifier.Identifier{mail, other} {
		p.Findings = append(p.Findings, evidence.Finding{
			Fact: evidence.FactAccount, Site: "x.com", Identifier: id, Purpose: evidence.PurposeSignIn, Confidence: evidence.Confirmed,
			Format: "chrome-csv", Count: 1,
		})
	}
	d := dataOf(c, p)
	if len(d.overview.Accounts) != 2 {
		t.Fatalf("%d accounts", len(d.overview.Accounts))
	}
	for _, a := range d.overview.Accounts {
		v := makeGuide(d, state{}, a.ID, printer(t, "en"))
		if !v.found || strings.Contains(v.title, "@post.example") && !strings.Contains(v.title, "•") {
			t.Errorf("%s: %+v", a.ID, v.title)
		}
	}
	if makeGuide(d, state{}, "nobody.example", printer(t, "en")).found {
		t.Error("an account there is not")
	}
}

// What must change before a number is left: the first thing to do is in sight,
// and no tick is offered before its guard.
func TestGoodbyeView(t *testing.T) {
	en := printer(t, "en")
	if v := makeGoodbye(dataOf(loadCatalog(t), &profile.Profile{}), phone, "", en); !v.none {
		t.Errorf("without a number: %+v", v)
	}
	d := invented(t, func(p *profile.Profile) {
		p.Leaving = map[string]time.Time{overview.Numbers(p)[0].Value: now.AddDate(0, 0, 7)}
	})
	v := makeGoodbye(d, identifier.Identifier{}, "", en)
	if v.none || v.number != overview.Numbers(d.profile)[0] || v.progress.done != 0 || v.progress.all == 0 || v.at.id != v.rows[0].id || !v.rows[0].chosen {
		t.Fatalf("%+v", v)
	}
	if !strings.Contains(v.day, "7 days") || strings.Contains(fmt.Sprint(v), v.number.Display()) {
		t.Errorf("the day %q, or the number is not masked", v.day)
	}
	if v = makeGoodbye(d, v.number, "whatsapp.com", en); v.at.id != "whatsapp.com" || v.at.called != "WhatsApp: Move to another number" || v.at.locked == "" {
		t.Errorf("%+v", v.at)
	}
	tick(d.profile, "whatsapp.com", catalog.StepAddPIN)
	if v = makeGoodbye(dataOf(d.catalog, d.profile), v.number, "whatsapp.com", en); v.at.locked != "" {
		t.Errorf("still locked: %+v", v.at)
	}
}

// The advice of the person's own countries comes first; what is done counts.
func TestCarrierView(t *testing.T) {
	en := printer(t, "en")
	d := invented(t, nil)
	v := makeCarrier(d, "", en)
	if v.progress.all != len(v.rows) || v.progress.done != 0 || v.rows[0].where != "In France" || !v.rows[0].chosen || v.at.words == "" || len(v.at.sources) == 0 {
		t.Fatalf("%+v", v)
	}
	tick(d.profile, carrierArg, catalog.StepKind(v.rows[0].id))
	after := makeCarrier(d, "", en)
	if after.progress.done != 1 || !after.rows[0].done || !after.rows[1].chosen {
		t.Errorf("%+v", after)
	}
	if v = makeCarrier(d, "no-such-thing", en); v.at.id != v.rows[1].id {
		t.Errorf("%+v", v.at)
	}
}

// Everything compared has each fact in words and a source for it.
func TestComparison(t *testing.T) {
	c := loadCatalog(t).Authenticators()
	for _, lang := range []string{"en", "fr"} {
		w := printer(t, lang)
		v := makeComparison(c, w)
		if len(v.rows) != len(c.List) || len(v.rows[0]) != len(v.head) {
			t.Fatalf("%d rows", len(v.rows))
		}
		for i, id := range v.ids {
			a, ok := makeAuthenticator(c, id, now, w)
			if !ok || a.name != v.rows[i][0] || len(a.facts) != len(v.head)-1 {
				t.Errorf("%s: %+v", id, a)
			}
			for _, f := range a.facts {
				if strings.Contains(f.words, "[") || len(f.sources) == 0 {
					t.Errorf("%s: %+v", id, f)
				}
			}
		}
		if _, ok := makeAuthenticator(c, "nothing", now, w); ok {
			t.Error("an entry there is not")
		}
	}
}

// The practice shows key and codes only where they were asked for.
func TestPracticeView(t *testing.T) {
	en := printer(t, "en")
	if v := makePractice(practice{}, now, now, en); v.state != "" || v.start != "Practise again" || v.last == "" {
		t.Errorf("%+v", v)
	}
	at, err := rehearsal.New(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	v := makePractice(practice{at: at}, time.Time{}, now, en)
	if v.secret != "" || v.progress.done != 0 || v.progress.all != len(v.way) || v.way[0].mark != markNow || v.way[1].mark != markOpen || v.back || v.restart {
		t.Errorf("%+v", v)
	}
	if v = makePractice(practice{at: at, shown: true}, time.Time{}, now, en); v.secret != at.Secret() {
		t.Error("the key that was asked for is not shown")
	}
	if v = makePractice(practice{at: at.Scanned()}, time.Time{}, now.Add(10*time.Second), en); !strings.Contains(v.clock, "20 more seconds") || !v.back {
		t.Errorf("%+v", v)
	}
}

// The card names accounts and no number, unless the person wants it whole.
func TestCardView(t *testing.T) {
	en := printer(t, "en")
	d := invented(t, nil)
	v := makeCard(d, false, en)
	if len(v.accounts) == 0 || !strings.HasPrefix(v.accounts[0].when, "1. Google") || len(v.say) == 0 || !v.in.Masked {
		t.Errorf("%+v", v)
	}
	if makeCard(d, true, en).in.Masked {
		t.Error("masked all the same")
	}
}

// A quotation is shown in letters the font has, and left out in others.
func TestLegible(t *testing.T) {
	for quote, want := range map[string]bool{
		"Kui seade välja lülitate…": true, "Ο αριθμός “τηλεφώνου”": true, "номер — телефона": true, "€5 or £4": true,
		"전화번호 변경": false, "更换手机号": false, "電話番号": false, "رقم الهاتف": false, "Settings → Phone": false,
	} {
		if got := legible(quote); (got == quote) != want || !want && got != "" {
			t.Errorf("%q gives %q", quote, got)
		}
	}
}
