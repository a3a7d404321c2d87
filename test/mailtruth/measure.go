package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing/fstest"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/mailbox"
	"unlisted/checks/identifier"
)

// right are the classes of the importer that fit a kind. It has none for codes,
// which verify or secure a sign-in; a changed password is a reset to it, a
// statement of account a notice.
var right = map[Kind][]string{
	kindWelcome: {"sign-up"}, kindVerify: {"verification", "sign-up"}, kindReset: {"reset"}, kindSecurity: {"security", "reset"},
	kindCode: {"verification", "security"}, kindContact: {"contact-change"}, kindReceipt: {"receipt", "order", "notice"}, kindNotice: {"notice"},
	kindBreach: {"breach-notice"}, kindClosed: {"closed"}, kindSocial: {"social"},
	kindNewsletter: {"newsletter", "other", ""}, kindOptIn: {"newsletter", "other", ""}, kindInvitation: {"newsletter", "other", ""}, kindPersonal: {""}, kindList: {"", "newsletter"}, kindForwarded: {""},
	kindAutoReply: {""}, kindSpam: {"", "newsletter", "other"}, kindPhishing: {"", "newsletter", "other"}, kindBusiness: {"order", "other", "newsletter", ""}, kindGuest: {"order"},
}

// tally counts the mails of one kind, language and half.
type tally struct {
	all     int
	right   int // of the class that fits
	counted int // shows an account, whatever the class
}

type cell struct {
	kind Kind
	lang string
	half byte
}

// seen is what one platform's mails are and what was made of them.
type seen struct {
	proving int            // mails that only an account gets
	reasons map[string]int // kind and way of mails that were taken for proof
	number  bool
}

// miss is a wording that was not seen for what it is.
type miss struct {
	half     byte
	lang     string
	kind     Kind
	template string
	class    string
}

// Result is what the importer made of a mailbox of known truth.
type Result struct {
	mails     int
	tallies   map[cell]*tally
	given     map[string]*tally // class -> all given, right ones
	misses    map[miss]int
	sites     map[string]*seen // platform -> its mails
	accounts  account.Set
	pretended map[string]bool // the platforms that forgers pretended to be
	catalog   *catalog.Catalog
	held      map[string]bool // platforms that hold the person's own number
	others    int             // findings of somebody else's number
}

// measure generates a mailbox, has the importer read it mail by mail and as a
// whole, and compares.
func measure(ctx context.Context, n int, seed uint64, path string) (*Result, error) {
	res := &Result{mails: n, tallies: map[cell]*tally{}, given: map[string]*tally{}, misses: map[miss]int{}, sites: map[string]*seen{}, held: map[string]bool{}, pretended: map[string]bool{}}
	var err error
	if res.catalog, err = catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts")); err != nil {
		return nil, err
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	own := persons()
	if err := generate(w, n, seed, func(m Message, raw string) error { return res.one(ctx, m, raw, own) }); err != nil {
		return nil, err
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	report, err := evidence.Scan(ctx, []string{path}, evidence.Options{Importers: mailbox.Importers(), Region: "FR", Own: own}, nil)
	if err != nil {
		return nil, err
	}
	res.accounts = account.Fuse(report.Findings, nil, nil, res.catalog)
	for _, x := range report.Findings {
		if x.Fact != evidence.FactHoldsPhone {
			continue
		}
		if x.Identifier.Value != ownNumber {
			res.others++
		}
		res.held[res.platform(x.Site)] = true
	}
	return res, nil
}

// persons are the person's own identifiers.
func persons() (own []identifier.Identifier) {
	for _, s := range []string{"pat.doe@gmail.com", "pat.doe@outlook.com", "pat.doe@yahoo.com", "pat@doe-home.example", ownNumber} {
		if id, err := identifier.Parse(s, "FR"); err == nil {
			own = append(own, id)
		}
	}
	return own
}

func (res *Result) platform(site string) string {
	id, _, _ := res.catalog.Resolve(site)
	return id
}

func (res *Result) site(id string) *seen {
	s := res.sites[id]
	if s == nil {
		s = &seen{reasons: map[string]int{}}
		res.sites[id] = s
	}
	return s
}

// one has the importer read a single mail.
func (res *Result) one(ctx context.Context, m Message, raw string, own []identifier.Identifier) error {
	out := &sink{own: own}
	in := evidence.Input{Label: "one.mbox", FS: fstest.MapFS{"one.mbox": {Data: []byte(raw)}}, Name: "one.mbox", Size: int64(len(raw))}
	if err := mailbox.Importers()[0].Read(ctx, in, out); err != nil {
		return err
	}
	k := cell{m.Kind, m.Lang, m.Half}
	t := cmp.Or(res.tallies[k], &tally{})
	res.tallies[k] = t
	g := cmp.Or(res.given[out.class], &tally{})
	res.given[out.class] = g
	t.all++
	g.all++
	fits := slices.Contains(right[m.Kind], out.class)
	counted := out.account
	if fits {
		t.right++
		g.right++
	}
	if counted {
		t.counted++
	}
	if !fits {
		res.misses[miss{m.Half, m.Lang, m.Kind, m.Template, cmp.Or(out.class, "none")}]++
	}
	if m.Pretends != "" {
		res.pretended[res.platform(m.Pretends)] = true
	}
	if m.Site != "" {
		s := res.site(res.platform(m.Site))
		if slices.Contains(proving, m.Kind) {
			s.proving++
		}
		s.number = s.number || m.Number
	}
	if counted {
		res.site(res.platform(out.site)).reasons[strings.TrimSuffix(string(m.Kind)+": "+m.How, ": ")]++
	}
	return nil
}

// sink keeps what one mail shows.
type sink struct {
	own         []identifier.Identifier
	class, site string
	account     bool // it shows an account by itself, as an order does not
}

func (s *sink) Finding(f evidence.Finding) {
	if f.Fact == evidence.FactAccount || f.Fact == evidence.FactMailed {
		s.class, _, _ = strings.Cut(f.Detail, ":")
		s.site = f.Site
		s.account = f.Fact == evidence.FactAccount && f.Why != evidence.WhyOrder
	}
}
func (s *sink) Problem(evidence.Problem)        {}
func (s *sink) Item()                           {}
func (s *sink) Skip(evidence.Reason, string)    {}
func (s *sink) Advance(int64)                   {}
func (s *sink) Region() string                  { return "FR" }
func (s *sink) Own() []identifier.Identifier    { return s.own }
func (s *sink) Unlock() []evidence.Unlock       { return nil }
func (s *sink) Secret(string, evidence.Finding) {}

// Accounts is how well the accounts of the whole mailbox were found.
type Accounts struct {
	real, found    int
	wrong          map[string]int // why a false account was made -> accounts
	missing, names []string
	pretended      []string // accounts at a brand that forgers only pretended to be
	traceless      []string // the same, of mail that nothing gives away
	once           [2]int   // real and false ones at unlisted platforms that rest on a single mail
}

func (res *Result) measured() (a Accounts) {
	a.wrong = map[string]int{}
	got, count := map[string]evidence.Confidence{}, map[string]int{}
	for _, x := range res.accounts.Accounts {
		got[x.Platform] = max(got[x.Platform], x.Confidence)
		if !x.Known {
			count[x.Platform] += seenIn(x)
		}
	}
	for id, n := range count {
		if s := res.sites[id]; s != nil && n == 1 && s.proving > 0 {
			a.once[0]++
		} else if n == 1 {
			a.once[1]++
		}
	}
	for id, s := range res.sites {
		switch {
		case s.proving == 0:
		case got[id] > 0:
			a.real, a.found = a.real+1, a.found+1
		default:
			a.real++
			a.missing = append(a.missing, id)
		}
	}
	for id, sure := range got {
		s := res.sites[id]
		if s == nil || s.proving > 0 || s.reasons[string(kindSocial)] > 0 {
			continue // real, or one that only told what others do
		}
		reason := strings.Join(slices.Sorted(maps.Keys(s.reasons)), " + ")
		a.wrong[reason]++
		line := id + " (" + reason + ", " + sure.String() + ")"
		a.names = append(a.names, line)
		switch {
		case !res.pretended[id]:
		case reason == "phishing: "+undecidable && sure < evidence.Likely:
			a.traceless = append(a.traceless, line)
		default:
			a.pretended = append(a.pretended, line)
		}
	}
	slices.Sort(a.missing)
	slices.Sort(a.names)
	slices.Sort(a.pretended)
	slices.Sort(a.traceless)
	return a
}

// seenIn counts the mails an account rests on.
func seenIn(x account.Account) (n int) {
	for _, f := range x.Findings {
		if f.Fact == evidence.FactAccount || f.Fact == evidence.FactMailed {
			n += f.Count
		}
	}
	return n
}

func (a Accounts) recall() float64 { return ratio(a.found, a.real) }

// precision is the share of accounts found that are real; without leaves
// reasons out that start so.
func (a Accounts) precision(without ...string) float64 {
	wrong := 0
	for reason, n := range a.wrong {
		if !slices.ContainsFunc(without, func(w string) bool { return strings.HasPrefix(reason, w) }) {
			wrong += n
		}
	}
	return ratio(a.found, a.found+wrong)
}

func ratio(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

// sum adds up the cells that match; "" and 0 match all.
func (res *Result) sum(kind Kind, lang string, half byte) (t tally) {
	for k, c := range res.tallies {
		if k.kind == kind && (lang == "" || k.lang == lang) && (half == 0 || k.half == half) {
			t.all, t.right, t.counted = t.all+c.all, t.right+c.right, t.counted+c.counted
		}
	}
	return t
}

// numbers tells at how many platforms the person's own number was found of
// those that wrote it, and how many were wrong.
func (res *Result) numbers() (found, real, wrong int) {
	for id, s := range res.sites {
		if s.number {
			real++
			if res.held[id] {
				found++
			}
		} else if res.held[id] {
			wrong++
		}
	}
	return found, real, wrong
}

// table is the result to read.
func (res *Result) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-12s %6s  %s\n%-12s %6s  %7s %7s %7s %7s |", "kind", "mails", "class right (A, B)  shows an account (A, B) | class right by language", "", "", "A", "B", "A", "B")
	for _, l := range languages {
		fmt.Fprintf(&b, " %5s", l)
	}
	b.WriteString("\n")
	for _, k := range allKinds {
		x, y := res.sum(k, "", 'A'), res.sum(k, "", 'B')
		fmt.Fprintf(&b, "%-12s %6d  %6.1f%% %6.1f%% %6.1f%% %6.1f%% |", k, x.all+y.all, 100*ratio(x.right, x.all), 100*ratio(y.right, y.all), 100*ratio(x.counted, x.all), 100*ratio(y.counted, y.all))
		for _, l := range languages {
			t := res.sum(k, l, 0)
			fmt.Fprintf(&b, " %4.0f%%", 100*ratio(t.right, t.all))
		}
		b.WriteString("\n")
	}
	b.WriteString("\nclass given      mails  right\n")
	for _, c := range slices.Sorted(maps.Keys(res.given)) {
		fmt.Fprintf(&b, "%-15s %6d  %5.1f%%\n", cmp.Or(c, "(none)"), res.given[c].all, 100*ratio(res.given[c].right, res.given[c].all))
	}
	a := res.measured()
	fmt.Fprintf(&b, "\naccounts: %d of %d real ones found, recall %.3f\n", a.found, a.real, a.recall())
	fmt.Fprintf(&b, "precision %.3f in all, %.3f without spam and phishing, %.3f but for guests' orders and businesses as well\n", a.precision(), a.precision(unwanted...), a.precision(append(unwanted, untold...)...))
	fmt.Fprintf(&b, "at the %d platforms that forgers pretend to be: %d false, and %d possible by mail that nothing gives away\n", len(res.pretended), len(a.pretended), len(a.traceless))
	fmt.Fprintf(&b, "at platforms the catalogue does not know, by a single mail: %d real, %d false\n", a.once[0], a.once[1])
	for _, reason := range slices.SortedFunc(maps.Keys(a.wrong), func(x, y string) int {
		return cmp.Or(-cmp.Compare(a.wrong[x], a.wrong[y]), strings.Compare(x, y))
	}) {
		fmt.Fprintf(&b, "  false, by %s: %d\n", reason, a.wrong[reason])
	}
	found, real, wrong := res.numbers()
	fmt.Fprintf(&b, "own number: at %d of %d platforms that wrote it, %d wrong, %d of others\n", found, real, wrong, res.others)
	return b.String()
}

// Reasons of false accounts: mail nobody wanted, and mail that does not say that
// there is no account.
var (
	unwanted = []string{string(kindSpam), string(kindPhishing)}
	untold   = []string{string(kindGuest), string(kindBusiness)}
)
