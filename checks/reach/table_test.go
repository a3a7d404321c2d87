package reach_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"unlisted/assets"
	"unlisted/checks/access"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/reach"
	"unlisted/checks/text"
)

// site makes a person of one account at a platform of its own.
func site(p catalog.Platform, a account.Account) reach.Input {
	p.ID, a.ID, a.Platform = "site.example", "site.example", "site.example"
	in := person(a)
	others := in.Platform
	in.Platform = func(id, name string) *catalog.Platform {
		if id == p.ID {
			return &p
		}
		return others(id, name)
	}
	return in
}

func tick(in reach.Input, id string, kinds ...catalog.StepKind) reach.Input {
	in.Ticks[id] = map[catalog.StepKind]bool{}
	for _, k := range kinds {
		in.Ticks[id][k] = true
	}
	return in
}

func finding(a account.Account, fs ...evidence.Finding) account.Account {
	a.Findings = append(slices.Clone(a.Findings), fs...)
	return a
}

// written lists the ways into a node as the model has them, "?" behind what is assumed.
func written(m *reach.Model, n access.Node) []string {
	out := []string{}
	for _, w := range m.Graph().Ways(n) {
		var names []string
		for _, x := range w.Needs {
			names = append(names, string(x))
		}
		s := strings.Join(names, "+")
		if w.Assumed {
			s += "?"
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// The ways into an account by what its guide states and what is on there, row by
// row against the rules of the package.
func TestStatedWays(t *testing.T) {
	const site0 = "password:site.example"
	num := "number:" + phone.Value
	for name, c := range map[string]struct {
		guide   *catalog.Guide
		exit    catalog.ExitRating
		factors []string
		ticks   []catalog.StepKind
		want    []string
	}{
		"the password states itself alone":            {stating(guide(), in("password"), in("password", "app")), "", nil, nil, []string{site0 + "?"}},
		"with an app on, the app is asked for":        {stating(guide(), in("password"), in("password", "app")), "", []string{"totp"}, nil, []string{"app+" + site0}},
		"two things, and none states one alone":       {stating(guide(), in("password", "mailbox")), "", nil, nil, []string{"mailbox:pat@gmail.com+" + site0}},
		"a number alone does not state the password":  {stating(guide(), in("number"), in("password", "mailbox")), "", nil, nil, []string{"mailbox:pat@gmail.com+" + site0, num + "?"}},
		"a mailed code beside the app is no factor":   {stating(guide(), in("password", "mailbox"), in("password", "app")), "", []string{"totp"}, nil, []string{"app+" + site0}},
		"an SMS code beside the app is none either":   {stating(guide(), in("password", "number"), in("password", "app")), "", []string{"totp"}, nil, []string{"app+" + site0}},
		"an SMS code that is on is one":               {stating(guide(), in("password", "number"), in("password", "app")), "", []string{"phone"}, nil, []string{num + "+" + site0}},
		"a PIN that is not set asks nothing":          {stating(guide(catalog.StepAddPIN), in("password", "pin")), "", nil, nil, []string{site0}},
		"a PIN that is set is asked for":              {stating(guide(catalog.StepAddPIN), in("password", "pin")), "", nil, []catalog.StepKind{catalog.StepAddPIN}, []string{site0 + "+pin:site.example"}},
		"a PIN no step sets is there":                 {stating(guide(), in("password", "pin")), "", nil, nil, []string{site0 + "+pin:site.example"}},
		"nothing but the PIN is left out":             {stating(guide(catalog.StepAddPIN), in("password", "device")), "", nil, nil, []string{site0 + "+phone-unlocked"}},
		"a set PIN closes the number alone":           {stating(guide(catalog.StepAddPIN), in("number"), in("number", "pin")), "", nil, []catalog.StepKind{catalog.StepAddPIN}, []string{num + "+pin:site.example"}},
		"a set PIN leaves the mailbox alone":          {stating(guide(catalog.StepAddPIN), back("official", "mailbox")), "", nil, []catalog.StepKind{catalog.StepAddPIN}, []string{"mailbox:pat@gmail.com?"}},
		"a second device has the app too":             {stating(guide(), in("password", "app")), "", []string{"totp"}, []catalog.StepKind{catalog.StepSecond}, []string{"app+" + site0, site0 + "+second-device"}},
		"a second device has the passkey too":         {stating(guide(), in("password", "passkey")), "", []string{"passkey"}, []catalog.StepKind{catalog.StepSecond}, []string{"passkeys", "passkeys+" + site0, site0 + "+second-device"}},
		"a second device replaces no codes":           {stating(guide(), back("official", "password", "codes")), "", []string{"totp"}, []catalog.StepKind{catalog.StepSecond, catalog.StepCodes}, []string{"codes:site.example+" + site0}},
		"identity":                                    {stating(guide(), back("official", "identity")), "", nil, nil, []string{"identity"}},
		"an unverified way waits for the person":      {stating(guide(), back("unverified", "identity", "device")), "", nil, nil, []string{"identity+phone-unlocked?"}},
		"but not where its codes are saved":           {stating(guide(), back("unverified", "codes")), "", nil, []catalog.StepKind{catalog.StepCodes}, []string{"codes:site.example"}},
		"a number that stays a way in whatever is on": {stating(guide(), in("number")), catalog.ExitForcedFallback, []string{"totp"}, nil, []string{num}},
		"one that does not":                           {stating(guide(), in("number")), catalog.ExitAfterApp, []string{"totp"}, nil, []string{"app+" + num}},
	} {
		p := site(catalog.Platform{Exit: c.exit, Guide: c.guide}, with(has("site.example", phone, mail), c.factors...))
		if got := written(reach.Build(tick(p, "site.example", c.ticks...)), "account:site.example"); !slices.Equal(got, sorted(c.want)) {
			t.Errorf("%s: %q, want %q", name, got, sorted(c.want))
		}
	}
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }

// The ways of the general rule, where no guide states any.
func TestUsualWays(t *testing.T) {
	const pass = "password:site.example"
	num := "number:" + phone.Value
	uses := func(confidence string) *catalog.Guide {
		g := guide()
		g.Uses = map[string]catalog.Fact{"recovery": {Value: "yes", Confidence: confidence}}
		return g
	}
	code := func(p evidence.Purpose, id identifier.Identifier) account.Account {
		return finding(has("site.example", phone), evidence.Finding{Fact: evidence.FactHoldsPhone, Identifier: id, Purpose: p})
	}
	for name, c := range map[string]struct {
		p     catalog.Platform
		a     account.Account
		ticks []catalog.StepKind
		said  map[string]string
		want  []string
	}{
		"nothing known":                     {catalog.Platform{}, has("site.example"), nil, nil, []string{pass + "?"}},
		"no second factor, says the person": {catalog.Platform{}, has("site.example"), nil, map[string]string{"second-factor:site.example": reach.No}, []string{pass}},
		"some second factor":                {catalog.Platform{}, has("site.example"), nil, map[string]string{"second-factor:site.example": reach.Yes}, []string{"factor:site.example+" + pass}},
		"codes saved, and nobody knows more": {
			catalog.Platform{},
			has("site.example"),
			[]catalog.StepKind{catalog.StepCodes},
			nil,
			[]string{"codes:site.example+" + pass, "factor:site.example+" + pass},
		},
		"an app and a second device": {catalog.Platform{}, with(has("site.example"), "totp"), []catalog.StepKind{catalog.StepSecond}, nil, []string{"app+" + pass, pass + "+second-device"}},
		"a second device with nothing on it": {
			catalog.Platform{}, has("site.example"), []catalog.StepKind{catalog.StepSecond}, nil, []string{pass + "?"},
		},
		"a number for the parcel":                 {catalog.Platform{}, has("site.example", phone), nil, nil, []string{pass + "?"}},
		"a number where codes are sent":           {catalog.Platform{Methods: []string{"sms"}}, has("site.example", phone), nil, nil, []string{num + "?", pass + "?"}},
		"or called":                               {catalog.Platform{Methods: []string{"call"}}, has("site.example", phone), nil, nil, []string{num + "?", pass + "?"}},
		"the guide says it recovers":              {catalog.Platform{Guide: uses("official")}, with(has("site.example", phone), "totp"), nil, nil, []string{"app+" + num, "app+" + pass}},
		"the guide says so, unverified":           {catalog.Platform{Guide: uses("unverified")}, with(has("site.example", phone), "totp"), nil, nil, []string{"app+" + num + "?", "app+" + pass}},
		"a proof that it signs in":                {catalog.Platform{}, code(evidence.PurposeSignIn, phone), nil, nil, []string{num + "?", pass + "?"}},
		"that it is a second factor":              {catalog.Platform{}, code(evidence.PurposeSecondFactor, phone), nil, nil, []string{num + "?", pass + "?"}},
		"that it recovers":                        {catalog.Platform{}, code(evidence.PurposeRecovery, phone), nil, nil, []string{num + "?", pass + "?"}},
		"that parcels go there":                   {catalog.Platform{}, code(evidence.PurposeDelivery, phone), nil, nil, []string{pass + "?"}},
		"a proof of an address, not of a number":  {catalog.Platform{}, code(evidence.PurposeRecovery, mail), nil, nil, []string{pass + "?"}},
		"the number as second factor":             {catalog.Platform{}, with(has("site.example", phone), "phone"), nil, nil, []string{num + "+" + pass, num + "?"}},
		"a second factor whose number is unknown": {catalog.Platform{}, with(has("site.example"), "phone"), nil, nil, []string{num + "+" + pass + "?", num + "?"}},
		"an old number and one not placed": {
			catalog.Platform{Methods: []string{"sms"}},
			with(has("site.example", old, loose), "totp"), nil, nil,
			[]string{"app+number:" + old.Value + "?", "app+" + num + "?", "app+" + pass},
		},
	} {
		p := site(c.p, c.a)
		p.Answers = c.said
		if got := written(reach.Build(tick(p, "site.example", c.ticks...)), "account:site.example"); !slices.Equal(got, sorted(c.want)) {
			t.Errorf("%s: %q, want %q", name, got, sorted(c.want))
		}
	}
}

// What the plan, carried out, leaves of the ways into an account.
func TestWaysAfterThePlan(t *testing.T) {
	const pass = "password:site.example"
	num, second := "number:"+phone.Value, pass+"+second-device" // without codes to save, an app on one phone is not enough
	optional := func(kinds ...catalog.StepKind) *catalog.Guide {
		g := guide(kinds...)
		for i := range g.Steps {
			g.Steps[i].Optional = true
		}
		return g
	}
	sms := []string{"sms"}
	for name, c := range map[string]struct {
		p    catalog.Platform
		a    account.Account
		want []string
	}{
		"an app for the number":               {catalog.Platform{Methods: sms, Exit: catalog.ExitAfterApp, Guide: guide(catalog.StepAddApp, catalog.StepRemove)}, has("site.example", phone), []string{"app+" + pass, second}},
		"for one that could not be placed":    {catalog.Platform{Methods: sms, Exit: catalog.ExitAfterApp, Guide: guide(catalog.StepAddApp, catalog.StepRemove)}, has("site.example", loose), []string{"app+" + pass, second}},
		"for one of each":                     {catalog.Platform{Methods: sms, Exit: catalog.ExitAfterApp, Guide: guide(catalog.StepAddApp, catalog.StepRemove)}, has("site.example", phone, loose), []string{"app+" + pass, second}},
		"nothing where there is no number":    {catalog.Platform{Methods: sms, Exit: catalog.ExitAfterApp, Guide: guide(catalog.StepAddApp, catalog.StepRemove)}, has("site.example"), []string{pass + "?"}},
		"at a mailbox in any case":            {catalog.Platform{Categories: []string{"email"}, Exit: catalog.ExitAfterApp, Guide: guide(catalog.StepAddApp)}, has("site.example"), []string{"app+" + pass, second}},
		"a forced number stays":               {catalog.Platform{Methods: sms, Exit: catalog.ExitForced, Guide: guide(catalog.StepAddApp, catalog.StepRemove)}, has("site.example", phone), []string{"app+" + num + "?", "app+" + pass, num + "+second-device?", second}},
		"nobody knows, without a guide":       {catalog.Platform{Methods: []string{"sms", "totp"}, Exit: catalog.ExitUnknown}, has("site.example", phone), []string{"app+" + num + "?", "app+" + pass, "codes:site.example+" + num + "?", "codes:site.example+" + pass}},
		"nobody knows, with a guide":          {catalog.Platform{Methods: sms, Exit: catalog.ExitUnknown, Guide: guide(catalog.StepAddApp, catalog.StepRemove)}, has("site.example", phone), []string{"app+" + pass, second}},
		"removable without a guide":           {catalog.Platform{Methods: []string{"sms", "totp"}, Exit: catalog.ExitRemovable}, has("site.example", phone), []string{"app+" + pass, "codes:site.example+" + pass}},
		"a passkey":                           {catalog.Platform{Methods: sms, Exit: catalog.ExitAfterApp, Guide: guide(catalog.StepAddPasskey, catalog.StepRemove)}, has("site.example", phone), []string{"passkeys", "passkeys+" + pass, second}},
		"no passkey that is optional":         {catalog.Platform{Methods: sms, Exit: catalog.ExitForced, Guide: optional(catalog.StepAddPasskey)}, has("site.example", phone), []string{num + "?", pass + "?"}},
		"codes beside an app":                 {catalog.Platform{Methods: sms, Exit: catalog.ExitAfterApp, Guide: guide(catalog.StepAddApp, catalog.StepCodes, catalog.StepRemove)}, has("site.example", phone), []string{"app+" + pass, "codes:site.example+" + pass}},
		"no codes beside nothing":             {catalog.Platform{Methods: sms, Exit: catalog.ExitForced, Guide: guide(catalog.StepCodes)}, has("site.example", phone), []string{num + "?", pass + "?"}},
		"a second device":                     {catalog.Platform{Methods: sms, Exit: catalog.ExitAfterApp, Guide: guide(catalog.StepAddApp, catalog.StepSecond, catalog.StepRemove)}, has("site.example", phone), []string{"app+" + pass, second}},
		"a PIN where the number is the whole": {catalog.Platform{NumberIsID: true, Exit: catalog.ExitReplaceOnly, Guide: guide(catalog.StepAddPIN)}, has("site.example", phone), []string{num + "+pin:site.example", "phone-unlocked"}},
	} {
		p := site(c.p, c.a)
		p.Planned = true
		if got := written(reach.Build(p), "account:site.example"); !slices.Equal(got, sorted(c.want)) {
			t.Errorf("%s: %q, want %q", name, got, sorted(c.want))
		}
	}
}

// Who signs in with whom: by the platform's own record for sure, by the other
// side's or where there are several in doubt, and never between equals.
func TestSignInWith(t *testing.T) {
	link := func(a account.Account, to string, sure evidence.Confidence) account.Account {
		return finding(a, evidence.Finding{Fact: evidence.FactLinked, Detail: to, Confidence: sure})
	}
	second := has("google.com", posta)
	second.ID = "google.com#pat@post.example"
	google, shop := has("google.com", mail), has("shop.example")
	for name, c := range map[string]struct {
		accounts []account.Account
		into     string
		with     string // the way, "" for none
	}{
		"its own record":                 {[]account.Account{google, link(shop, "Google", evidence.Confirmed)}, "shop.example", "account:google.com"},
		"written as an address":          {[]account.Account{google, link(shop, "https://accounts.google.com/o/oauth2", evidence.Confirmed)}, "shop.example", "account:google.com"},
		"written as a host":              {[]account.Account{google, link(shop, " Accounts.Google.com ", evidence.Confirmed)}, "shop.example", "account:google.com"},
		"a record that is only likely":   {[]account.Account{google, link(shop, "google", evidence.Likely)}, "shop.example", "account:google.com?"},
		"one of two accounts":            {[]account.Account{google, second, link(shop, "google", evidence.Confirmed)}, "shop.example", "account:google.com#pat@post.example? account:google.com?"},
		"told by the other side":         {[]account.Account{link(google, "Shop", evidence.Confirmed), shop}, "shop.example", "account:google.com?"},
		"by the name of old":             {[]account.Account{has("x.com"), link(shop, "Twitter", evidence.Confirmed)}, "shop.example", "account:x.com"},
		"by the host of old":             {[]account.Account{has("x.com"), link(shop, "twitter.com", evidence.Confirmed)}, "shop.example", "account:x.com"},
		"the earlier opens the later":    {[]account.Account{google, link(has("x.com"), "google", evidence.Confirmed)}, "x.com", "account:google.com"},
		"and never the other way":        {[]account.Account{google, link(has("x.com"), "google", evidence.Confirmed)}, "google.com", ""},
		"two that nobody signs in with":  {[]account.Account{has("bank.fr"), link(shop, "Bank", evidence.Confirmed)}, "shop.example", ""},
		"a name that only looks like it": {[]account.Account{google, link(shop, "notgoogle.com", evidence.Confirmed)}, "shop.example", ""},
	} {
		ways := slices.DeleteFunc(written(reach.Build(person(c.accounts...)), reach.AccountNode(c.into)), func(w string) bool { return !strings.HasPrefix(w, "account:") })
		if got := strings.Join(ways, " "); got != c.with {
			t.Errorf("%s: %q, want %q", name, got, c.with)
		}
	}
	for links, want := range map[int]bool{999: true, 1000: false} {
		list := slices.Repeat([]evidence.Finding{{Fact: evidence.FactLinked, Detail: "nobody", Confidence: evidence.Confirmed}}, links)
		list = append(list, evidence.Finding{Fact: evidence.FactLinked, Detail: "google", Confidence: evidence.Confirmed})
		got := slices.Contains(written(reach.Build(person(google, finding(shop, list...))), "account:shop.example"), "account:google.com")
		if got != want {
			t.Errorf("a link after %d others is followed: %t", links, got)
		}
	}
}

// A proof of identity is among the person's means only where a guide asks for it.
func TestIdentity(t *testing.T) {
	for _, needs := range []string{"identity", "device", "password"} {
		m := reach.Build(site(catalog.Platform{Guide: stating(guide(), back("official", needs, "mailbox"))}, has("site.example", mail)))
		if got := slices.Contains(m.Graph().Held(), "identity"); got != (needs == "identity") {
			t.Errorf("a way that needs %s: identity is held: %t", needs, got)
		}
	}
}

// Accounts that share a password share one node, and groups that meet in one
// account are one.
func TestSharedPasswords(t *testing.T) {
	in := func(groups ...string) []evidence.Finding {
		var out []evidence.Finding
		for _, g := range groups {
			out = append(out, evidence.Finding{Fact: evidence.FactReuse, Detail: g})
		}
		return out
	}
	other := evidence.Finding{Fact: evidence.FactTOTPOn, Detail: "1"}
	m := reach.Build(person(
		finding(has("a.example"), in("1")...), finding(has("b.example"), in("1", "2")...), finding(has("c.example"), in("2")...),
		finding(has("d.example"), in("3")...), finding(has("e.example"), other), finding(has("f.example"), in("")...), finding(has("g.example"), in("3")...)))
	for id, want := range map[string]string{
		"a.example": "shared-password:1?", "b.example": "shared-password:1?", "c.example": "shared-password:1?",
		"d.example": "shared-password:3?", "e.example": "password:e.example?", "f.example": "password:f.example?", "g.example": "shared-password:3?",
	} {
		if got := written(m, reach.AccountNode(id)); !slices.Equal(got, []string{want}) {
			t.Errorf("%s opens by %q, want %q", id, got, want)
		}
	}
	for n, want := range map[access.Node]int{"shared-password:1": 3, "shared-password:3": 2} {
		if got := m.Name(n).Count; got != want {
			t.Errorf("%s is said to open %d accounts, want %d", n, got, want)
		}
	}
}

// Whose mailbox an address is, and what the person holds without any account.
func TestMailboxes(t *testing.T) {
	work := has("google.com", identifier.Identifier{Kind: identifier.KindEmail, Value: "work@gmail.com"}, mail)
	work.ID = "google.com#work@gmail.com"
	own := has("google.com", mail)
	own.ID = "google.com#pat@gmail.com"
	m := reach.Build(person(work, own))
	if got := written(m, reach.Node(mail)); !slices.Equal(got, []string{"account:google.com#pat@gmail.com", "phone-unlocked?"}) {
		t.Errorf("the mailbox opens by %q", got)
	}
	m = reach.Build(person(work))
	if got := written(m, reach.Node(mail)); !slices.Equal(got, []string{"account:google.com#work@gmail.com", "phone-unlocked?"}) {
		t.Errorf("the mailbox of an account with another name opens by %q", got)
	}
	if slices.Contains(m.Graph().Held(), reach.Node(mail)) {
		t.Error("a mailbox with an account behind it is held without it")
	}
	in := person(has("shop.example", posta, old))
	in.Own = []identifier.Identifier{phone, posta}
	m = reach.Build(in)
	if !slices.Contains(m.Graph().Held(), reach.Node(posta)) {
		t.Error("a mailbox at a provider nothing is known of is not held")
	}
	if m.Graph().Kind(reach.Node(old)) != access.KindNumber || slices.Contains(m.Graph().Held(), reach.Node(old)) {
		t.Error("a number off the list is not a number of somebody else")
	}
	in.Own = []identifier.Identifier{phone}
	m = reach.Build(in)
	if m.Graph().Kind(reach.Node(posta)) != access.KindMailbox || slices.Contains(m.Graph().Held(), reach.Node(posta)) {
		t.Error("an address off the list is not a mailbox of somebody else")
	}
	for id, want := range map[string]reach.Tier{"own.example": reach.TierMailbox, "shop.example": reach.TierRest, "bank.fr": reach.TierMoney, "nobody.example": reach.TierRest} {
		in := person(has("own.example"), has("shop.example"), has("bank.fr"))
		in.Own = []identifier.Identifier{phone, {Kind: identifier.KindEmail, Value: "pat@own.example"}}
		if got := reach.Build(in).Tier(id); got != want {
			t.Errorf("%s is of tier %d, want %d", id, got, want)
		}
	}
}

// What each means stands for.
func TestMeansStandFor(t *testing.T) {
	weak := with(has("bank.fr", phone), "totp")
	weak.ReusedWith = []string{"shop.example"}
	m := reach.Build(person(has("google.com", mail, phone), has("carrier.example", mail), weak))
	for _, c := range []struct {
		q    reach.Kind
		word string
		want string
	}{
		{reach.Steal, "number", "[number:+33639981234]"},
		{reach.Steal, "+33639981234", "[number:+33639981234]"},
		{reach.Steal, "phone", "[phone]"},
		{reach.Steal, "phone-unlocked", "[phone phone-unlocked]"},
		{reach.Steal, "mailbox", "[account:google.com mailbox:pat@gmail.com]"},
		{reach.Steal, "pat@gmail.com", "[account:google.com mailbox:pat@gmail.com]"},
		{reach.Steal, "password", "[password:bank.fr]"},
		{reach.Lose, "password", "[password:bank.fr password:carrier.example password:google.com]"},
		{reach.Steal, "bank.fr", "[account:bank.fr]"},
	} {
		if out, _ := ask(t, m, c.q, c.word); fmt.Sprint(out.Have) != c.want {
			t.Errorf("%s %s is %v, want %s", c.q, c.word, out.Have, c.want)
		}
	}
	out, _ := ask(t, m, reach.Steal, "google.com")
	if len(out.Compromised) == 0 || out.Compromised[len(out.Compromised)-1].Account.ID != "google.com" || out.Compromised[len(out.Compromised)-1].Chain != nil {
		t.Errorf("an account in hand is opened by %+v", out.Compromised)
	}
	if reach.Copied(map[string]string{"app-copy": reach.Yes}, true, false) != true || reach.Copied(map[string]string{"app-copy": reach.Yes}, false, true) ||
		!reach.Copied(map[string]string{"passkey-copy": reach.Yes}, false, true) || reach.Copied(map[string]string{"passkey-copy": reach.No, "app-copy": reach.No}, true, true) {
		t.Error("a copy is said to be where the person did not say so")
	}
}

// Of accounts that matter alike, the one that opens more comes first when a
// number is given up, and on the card; the card has room for five.
func TestWhatOpensMoreComesFirst(t *testing.T) {
	link := evidence.Finding{Fact: evidence.FactLinked, Detail: "facebook", Confidence: evidence.Confirmed}
	chat, face := has("chat.example", phone), has("facebook.com", phone)
	in := person(chat, face, finding(has("shop.example"), link), finding(has("two.example"), link))
	others := in.Platform
	in.Platform = func(id, name string) *catalog.Platform {
		if id == "chat.example" {
			return &catalog.Platform{ID: id, Categories: []string{"social"}, Methods: []string{"sms"}, Exit: catalog.ExitForced}
		}
		return others(id, name)
	}
	m := reach.Build(in)
	want := "facebook.com 50+60, chat.example 50, shop.example 30, two.example 30"
	sum := func(list []reach.NumberChange) string {
		var out []string
		for _, h := range list {
			s := fmt.Sprintf("%s %d", h.Account.ID, h.Worth)
			if h.Account.ID == "facebook.com" {
				s = fmt.Sprintf("%s 50+%d", h.Account.ID, h.Worth-50)
			}
			out = append(out, s)
		}
		return strings.Join(out, ", ")
	}
	if got := sum(m.Goodbye(phone)); got != want {
		t.Errorf("given up: %s, want %s", got, want)
	}
	if got := sum(m.Card().Accounts); got != want {
		t.Errorf("on the card: %s, want %s", got, want)
	}
	var many []account.Account
	for i := range 8 {
		a := has("bank.fr", phone)
		a.ID = fmt.Sprintf("bank.fr#%d", i)
		many = append(many, a)
	}
	for n, more := range map[int]int{4: 0, 5: 0, 6: 1, 8: 3} {
		if card := reach.Build(person(many[:n]...)).Card(); len(card.Accounts) != min(n, 5) || card.More != more {
			t.Errorf("of %d accounts %d are on the card and %d more", n, len(card.Accounts), card.More)
		}
	}
}

// A hostile list of accounts that all open others takes no more than a bounded
// number of takeovers: two hundred are told.
func TestReliefIsBounded(t *testing.T) {
	var list []account.Account
	in := person()
	in.Own = []identifier.Identifier{phone}
	for i := range 205 {
		id := identifier.Identifier{Kind: identifier.KindEmail, Value: fmt.Sprintf("pat%03d@gmail.com", i)}
		a := has("google.com", phone, id)
		a.ID = "google.com#" + id.Value
		list, in.Own = append(list, a), append(in.Own, id)
	}
	in.Accounts = list
	if got := len(reach.Build(in).RiskReduction()); got != 200 {
		t.Errorf("%d accounts relieve something", got)
	}
}

// The sentences of grades, names and questions, in English, to the letter.
func TestSentences(t *testing.T) {
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	p := texts.Printer("en")
	m := reach.Build(person())
	app, code, num := access.Node("app"), access.Node("phone"), reach.Node(phone)
	for _, c := range []struct {
		grade     access.Grade
		security  string
		recovered string
	}{
		{access.Grade{}, "Nothing is known of how it opens.", "Nothing is known of how you get back in."},
		{access.Grade{Level: access.Poor, Why: [][]access.Node{{app}}}, "Poorly protected: getting in takes only your authenticator app.", "If you lose your authenticator app, you are locked out."},
		{access.Grade{Level: access.Poor, Why: [][]access.Node{{app}, {code}}}, "Poorly protected: getting in takes only your authenticator app.", "If you lose any one of these, you are locked out: your authenticator app and your phone."},
		{access.Grade{Level: access.Fair}, "Only one real barrier: getting in takes only .", "You can lose any one thing, but all your ways in depend on each other."},
		{access.Grade{Level: access.Fair, Why: [][]access.Node{{app, code}}}, "Only one real barrier: getting in takes only your authenticator app and your phone.", "You can lose any one thing, but not both of these: your authenticator app and your phone."},
		{access.Grade{Level: access.Good, Why: [][]access.Node{{app}, {code}}}, "Well protected: getting in takes your authenticator app.", "You have two separate ways in: your authenticator app; or your phone."},
		{access.Grade{Level: access.Good, Why: [][]access.Node{{app, code, "passkeys"}}}, "Well protected: getting in takes your authenticator app, your phone and your passkeys.", "You have two separate ways in: your authenticator app, your phone and your passkeys; or ."},
	} {
		if got := m.SecurityWords(p, c.grade, false); got != c.security {
			t.Errorf("security %+v: %q", c.grade, got)
		}
		if got := m.RecoverabilityWords(p, c.grade, false); got != c.recovered {
			t.Errorf("recoverability %+v: %q", c.grade, got)
		}
	}
	first, second, none := has("x.com", mail), has("x.com", posta), has("x.com")
	first.ID, second.ID, none.ID = "x.com#pat@gmail.com", "x.com#pat@post.example", "x.com#pat"
	none.SignIn, first.Name, none.Name = "pat", "", "X"
	m = reach.Build(person(first, second, none, with(has("bank.fr", phone), "totp")))
	for n, want := range map[access.Node]string{
		reach.AccountNode(first.ID): "x.com (pat@gmail.com)", reach.AccountNode(none.ID): "X (pat)", reach.AccountNode("bank.fr"): "bank.fr",
		num: "the number " + phone.Display(), "app": "your authenticator app", "password:bank.fr": "the password of bank.fr",
	} {
		if got := m.Name(n).Words(p, true); got != want {
			t.Errorf("%s is called %q, want %q", n, got, want)
		}
	}
	if got := m.Name(reach.AccountNode(first.ID)).Words(p, false); strings.Contains(got, "pat@gmail") {
		t.Errorf("masked, and called %q", got)
	}
	if a, b := reach.SignInName(first), reach.SignInName(none); a != "pat@gmail.com" || b != "pat" {
		t.Errorf("signed in to as %q and %q", a, b)
	}
	linked := finding(has("google.com", phone, mail), evidence.Finding{Fact: evidence.FactLinked, Detail: "Shop", Confidence: evidence.Confirmed})
	unsure := site(catalog.Platform{Guide: stating(guide(), in("password"), back("unverified", "mailbox", "device"))}, has("site.example", mail))
	unsure.Accounts = append(unsure.Accounts, linked, has("shop.example"))
	m = reach.Build(unsure)
	asked := map[string]string{}
	for _, q := range m.Questions(0) {
		asked[q.Key] = m.QuestionWords(p, q, true)
	}
	for key, want := range map[string]string{
		"linked:shop.example:google.com#pat@gmail.com": "Can you sign in to shop.example with google.com?",
		"way:site.example#pat@gmail.com:1":             "Does your account at site.example open with: " + p.T("means.mailbox") + " + " + p.T("means.device") + "?",
	} {
		if asked[key] != want {
			t.Errorf("%s is asked as %q, want %q; all: %v", key, asked[key], want, asked)
		}
	}
}

// A question is worth what its answer changes, added up over what can happen; one
// that changes nothing is not asked.
func TestWorthOfAQuestion(t *testing.T) {
	worth := func(in reach.Input) map[string]int {
		out := map[string]int{}
		for _, q := range reach.Build(in).Questions(0) {
			out[q.Key] = q.Worth
		}
		return out
	}
	if got := worth(person(has("shop.example"))); len(got) != 0 {
		t.Errorf("nothing opens the shop, and it is asked: %v", got)
	}
	// The number, the phone locked and the phone open each open the bank by the
	// number alone, and money weighs 80.
	bank := worth(person(has("bank.fr", phone)))
	if got := bank["number-resets:bank.fr:+33639981234"]; got != 240 {
		t.Errorf("the reset of the bank is worth %d: %v", got, bank)
	}
	if got := bank["locked-phone"]; got != 80 {
		t.Errorf("the locked phone is worth %d: %v", got, bank)
	}
	// With an app the number opens it only as a way back, and the phone has both.
	// That the way back would help after a lost phone is for the grades to say.
	app := worth(person(with(has("bank.fr", phone), "totp")))
	if got := app["number-resets:bank.fr:+33639981234"]; got != 80 {
		t.Errorf("the reset of a bank with an app is worth %d: %v", got, app)
	}
	// The shop falls with the mailbox, and with the phone its mail is open on.
	shop := has("shop.example", posta)
	in := person(shop)
	in.Own = []identifier.Identifier{phone, posta}
	if got := worth(in); got["mailbox-resets:shop.example#pat@post.example:pat@post.example"] != 60 || got["mail-on-phone"] != 30 {
		t.Errorf("the reset of the shop: %v", got)
	}
}

// Of two questions worth the same, the one that matters more for the number
// comes first.
func TestTheNumberBreaksATie(t *testing.T) {
	linked := func(id, to string) account.Account {
		return finding(has(id), evidence.Finding{Fact: evidence.FactLinked, Detail: to, Confidence: evidence.Confirmed})
	}
	for name, in := range map[string]reach.Input{
		"accounts that open nothing": person(has("fallback.example", phone), has("shop.example", posta)),
		"accounts that open others": person(has("facebook.com", phone), has("x.com", posta),
			linked("one.example", "facebook"), linked("two.example", "twitter")),
	} {
		in.Own = []identifier.Identifier{phone, posta}
		in.Answers["locked-phone"] = reach.No
		qs := reach.Build(in).Questions(0)
		at := func(kind string) int {
			return slices.IndexFunc(qs, func(q reach.Question) bool { return strings.HasPrefix(q.Key, kind) })
		}
		number, mailbox := at("number-resets:"), at("mailbox-resets:")
		if number < 0 || mailbox < 0 || qs[number].Worth != qs[mailbox].Worth || number > mailbox {
			t.Errorf("%s: number at %d, mailbox at %d of %+v", name, number, mailbox, qs)
		}
	}
}

// Of more questions than can be weighed, the one about the account behind the
// most mailboxes is among those that are.
func TestWhatMostHangsOnIsWeighed(t *testing.T) {
	in := person()
	in.Own = []identifier.Identifier{phone}
	const last = 139
	for i := range last + 1 {
		a := has("google.com", phone)
		for j := range 2 + i/last {
			id := identifier.Identifier{Kind: identifier.KindEmail, Value: fmt.Sprintf("pat%03d.%d@gmail.com", i, j)}
			a.Names = append(a.Names, id.Canonical())
			in.Own = append(in.Own, id)
		}
		a.SignIn = a.Names[0]
		a.ID = a.Key()
		in.Accounts = append(in.Accounts, a)
	}
	keys := map[string]bool{}
	for _, q := range reach.Build(in).Questions(0) {
		keys[q.Key] = true
	}
	want := "number-resets:" + in.Accounts[last].Key() + ":" + phone.Value
	if !keys[want] || len(keys) > 128 || len(keys) < 100 {
		t.Errorf("of %d questions, %s is one: %t", len(keys), want, keys[want])
	}
}
