package overview

import (
	"cmp"
	_ "embed" // the wishes
	"slices"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/datafile"
	"unlisted/checks/evidence"
	"unlisted/checks/profile"
)

//go:embed wishes.json
var wishesFile []byte

// Tap is a question with a tap: what of these does the person use? "tap.<id>" is its words, and "tap.<choice>" those
// of a choice that is no platform of the catalogue.
type Tap struct {
	ID      string   `json:"id"`
	Choices []string `json:"choices"` // keys of Document.Uses
}

// wishRule is one kind of file worth asking for, in the data the most telling for the least effort first.
type wishRule struct {
	Format  string   `json:"format"`  // evidence.Format.ID
	Uses    []string `json:"uses"`    // choices, or a platform, of which it is worth asking
	Minutes int      `json:"minutes"` // to ask for it; our own estimate
	Days    *int     `json:"days"`    // until it comes; 0: it is there at once; absent: nobody says
	Also    []string `json:"also"`    // other formats that show the same
	Family  bool     `json:"family"`  // so does anything of its family
	Source  string   `json:"source"`  // where the days are from
	Date    string   `json:"date"`    // when they were looked up
}

type wishData struct {
	Taps   []Tap      `json:"taps"`
	Wishes []wishRule `json:"wishes"`
}

func readWishes() (d wishData) {
	datafile.Must(0, datafile.Decode("wishes.json", wishesFile, &d))
	return d
}

// Taps are the questions that the personal list is made from.
func Taps() []Tap { return readWishes().Taps }

// WishState is how far a wish is.
type WishState uint8

// The states, in the order in which they are told: what can be done now comes first.
const (
	WishDue   WishState = iota // asked for, and it should be here
	WishOpen                   // not asked for
	WishAsked                  // asked for, and on its way
	WishAdded                  // read
)

// Wish is one file that this person should ask for.
type Wish struct {
	Format, Site string // Site is the platform whose archive it is; "" of others
	Minutes      int    // to ask for it
	Days         int    // until it comes; -1: nobody says
	State        WishState
	At           time.Time // asked for, or read
	Due          time.Time // when it should be here; zero where nobody says, or it was not asked for
	Accounts     int       // that it showed
	Number       bool      // it showed a number of the person's
}

// Uses reports whether the person uses something: as they said, or else as the accounts that are known say.
func Uses(p *profile.Profile, o Overview, choice string) bool {
	if on, said := p.Uses[choice]; said {
		return on
	}
	return slices.ContainsFunc(o.Accounts, func(a account.Account) bool { return a.Platform == choice })
}

// Wishes is the personal list: what this person should ask for, best first. What no importer reads is never on it.
func Wishes(p *profile.Profile, o Overview, formats []evidence.Format, now time.Time) (out []Wish) {
	families := map[string]string{formatIMAP: familyMail}
	for _, f := range formats {
		families[f.ID] = f.Family
	}
	for _, r := range readWishes().Wishes {
		f, can := r.format(formats)
		wanted := slices.ContainsFunc(r.Uses, func(choice string) bool { return Uses(p, o, choice) })
		if _, asked := p.Asked[r.Format]; can && (wanted || asked) {
			out = append(out, r.wish(p, f, families, now))
		}
	}
	slices.SortStableFunc(out, func(a, b Wish) int { return cmp.Compare(a.State, b.State) })
	return out
}

// format is the importer's; a mailbox at its provider has none.
func (r wishRule) format(formats []evidence.Format) (evidence.Format, bool) {
	if r.Format == formatIMAP {
		return evidence.Format{ID: formatIMAP, Family: familyMail}, true
	}
	i := slices.IndexFunc(formats, func(f evidence.Format) bool { return f.ID == r.Format })
	if i < 0 {
		return evidence.Format{}, false
	}
	return formats[i], true
}

// shows reports whether a file of a format and family is what is wished for.
func (r wishRule) shows(format, family, wished string) bool {
	return format == r.Format || slices.Contains(r.Also, format) || r.Family && family == wished
}

func (r wishRule) wish(p *profile.Profile, f evidence.Format, families map[string]string, now time.Time) Wish {
	w := Wish{Format: r.Format, Site: f.Site, Minutes: r.Minutes, Days: -1, State: WishOpen}
	if r.Days != nil {
		w.Days = *r.Days
	}
	if at, asked := p.Asked[r.Format]; asked {
		w.State, w.At = WishAsked, at
		if w.Due = due(at, w.Days); !w.Due.IsZero() && !now.Before(w.Due) {
			w.State = WishDue
		}
	}
	sites := map[string]bool{}
	for _, x := range p.Findings {
		if r.shows(x.Format, x.Family, f.Family) {
			sites[x.Site+x.App+x.Name] = true
			w.Number = w.Number || x.Fact == evidence.FactHoldsPhone && p.Has(x.Identifier)
		}
	}
	for _, s := range p.Scans {
		if s.Source.Items > 0 && r.shows(s.Source.Format, families[s.Source.Format], f.Family) && !s.At.Before(w.At) {
			w.State, w.At, w.Due, w.Accounts = WishAdded, s.At, time.Time{}, len(sites)
		}
	}
	return w
}

// due is when a file should be here that was asked for; zero where nobody says how long it takes.
func due(asked time.Time, days int) time.Time {
	if days < 0 {
		return time.Time{}
	}
	return asked.AddDate(0, 0, days)
}

// DueOf is when the file of a format should be here that was asked for at some time; zero where nobody says.
func DueOf(format string, asked time.Time) time.Time {
	for _, r := range readWishes().Wishes {
		if r.Format == format && r.Days != nil {
			return due(asked, *r.Days)
		}
	}
	return time.Time{}
}
