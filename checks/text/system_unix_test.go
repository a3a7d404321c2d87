//go:build unix && !darwin

package text_test

import (
	"slices"
	"testing"

	"unlisted/checks/text"
)

// The first language that is spoken here is taken, and the country of whatever
// names one, in every form the variables come in.
func TestSystem(t *testing.T) {
	c := load(t)
	for _, x := range []struct{ language, all, messages, lang, want, region string }{
		{"", "", "", "fr_CH.UTF-8", "fr", "CH"},
		{"fr:en", "", "", "en_GB.UTF-8", "fr", "GB"},
		{"", "en_IE@euro", "", "fr_FR.UTF-8", "en", "IE"},
		{"", "", "fr_BE", "en_US.UTF-8", "fr", "BE"},
		{"", "C", "", "fr_FR.UTF-8", "fr", "FR"},
		{"", "", "", "C.UTF-8", "en", ""},
		{"xx:fr_CA", "", "", "de_DE.UTF-8", "fr", "CA"},
		{"", "", "", "es_419.UTF-8", "en", ""},
		{"", "", "", "", "en", ""},
		{"", "", "", "_:.@", "en", ""},
	} {
		for name, v := range map[string]string{"LANGUAGE": x.language, "LC_ALL": x.all, "LC_MESSAGES": x.messages, "LANG": x.lang} {
			t.Setenv(name, v)
		}
		languages, region := text.System()
		if got := c.Match(languages...); got != x.want || region != x.region {
			t.Errorf("%+v: %q, so %s and %q", x, languages, got, region)
		}
		if slices.Contains(languages, "") {
			t.Errorf("%+v: an empty language in %q", x, languages)
		}
	}
}
