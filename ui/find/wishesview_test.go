package find

import (
	"strings"
	"testing"
	"time"

	"unlisted/checks/evidence/all"
	"unlisted/checks/profile"
)

// The list says of each file what asking costs and how far it is, in every language; a long one is cut until all of
// it is wanted.
func TestWishes(t *testing.T) {
	f := load(t)
	for _, lang := range f.texts.Languages() {
		p := f.texts.Printer(lang)
		d := f.of(&profile.Profile{})
		v := makeWishes(d, all.Importers(), state{}, p)
		if len(v.wishes) > 0 || len(v.taps) != 4 {
			t.Errorf("%s: of nothing said: %+v", lang, v.wishes)
		}
		d.profile.Uses = map[string]bool{"x.com": true, "whatsapp.com": true, "facebook.com": true, "passwords.chrome": true}
		d.profile.Asked = map[string]time.Time{"x-archive": now.AddDate(0, 0, -1), "whatsapp-archive": now}
		v = makeWishes(d, all.Importers(), state{}, p)
		var got []string
		for _, w := range v.wishes {
			got = append(got, w.format+": "+w.detail)
			if w.title == "" || strings.Contains(w.title+w.detail, "[") {
				t.Errorf("%s: %+v", lang, w)
			}
		}
		day := p.Date
		want := []string{
			"x-archive: " + p.T("wish.due", "day", day(now.AddDate(0, 0, -1))),
			"chrome-csv: " + p.T("wish.open", "minutes", p.N("wish.minutes", 2), "wait", p.T("wish.once")),
			"facebook-archive: " + p.T("wish.open", "minutes", p.N("wish.minutes", 5), "wait", p.T("wish.unsaid")),
			"whatsapp-archive: " + p.T("wish.asked", "day", day(now), "wait", p.N("wish.days", 3)),
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
		on := v.taps[3].on
		if !on["x.com"] || on["instagram.com"] || v.taps[3].chips[0].word != "Facebook" {
			t.Errorf("%s: tapped %v, %v", lang, on, v.taps[3].chips)
		}
		for _, tap := range v.taps {
			for _, c := range tap.chips {
				d.profile.Uses[c.id] = true
			}
		}
		if v = makeWishes(d, all.Importers(), state{}, p); len(v.wishes) != shortWishes || v.more < 15 {
			t.Errorf("%s: %d listed of %d", lang, len(v.wishes), v.more)
		}
		if all := makeWishes(d, all.Importers(), state{allWishes: true}, p); len(all.wishes) != v.more || all.more != 0 {
			t.Errorf("%s: %d of all", lang, len(all.wishes))
		}
	}
}
