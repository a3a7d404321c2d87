package text

import (
	"os"
	"slices"
	"strings"

	"github.com/jeandeaual/go-locale"
	"golang.org/x/text/language"
)

// System gives the languages that the person chose for this computer, best first,
// and its country (ISO 3166-1, "" where it is not told), on Linux, Windows and
// macOS. The variables of the command line come after what the system says.
func System() (languages []string, region string) {
	languages, _ = locale.GetLocales() // none is an answer too
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			languages = append(languages, v)
		}
	}
	languages = slices.DeleteFunc(languages, func(l string) bool { return l == "" })
	for _, l := range languages {
		l, _, _ = strings.Cut(l, ".")
		l, _, _ = strings.Cut(l, "@")
		tag, err := language.Parse(strings.ReplaceAll(l, "_", "-"))
		if err != nil {
			continue
		}
		if _, _, r := tag.Raw(); r.IsCountry() {
			return languages, r.String()
		}
	}
	return languages, ""
}
