package reach

import (
	_ "embed"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"unlisted/checks/access"
	"unlisted/checks/catalog"
	"unlisted/checks/datafile"
	"unlisted/checks/evidence"
)

//go:embed signin.json
var signInJSON []byte

// signInProvider is a platform that others let people sign in with.
type signInProvider struct {
	Platform string   `json:"platform"`
	Names    []string `json:"names"`  // by which archives call it, lower case
	Source   string   `json:"source"` // where it describes what it offers
}

// signInWith lists the platforms others let people sign in with. Of two of them
// that are linked, the earlier opens the later.
var signInWith = sync.OnceValue(func() []signInProvider { return datafile.Must(readSignIn("signin.json", signInJSON)) })

// readSignIn reads the table; a mistake names file, provider and field.
func readSignIn(file string, raw []byte) ([]signInProvider, error) {
	var list []signInProvider
	if err := datafile.Decode(file, raw, &list); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for i, p := range list {
		wrong := ""
		switch {
		case !catalog.IsSite(p.Platform) || seen[p.Platform]:
			wrong = "platform: no site, or twice"
		case len(p.Names) == 0:
			wrong = "names: none"
		case !strings.HasPrefix(p.Source, "https://"):
			wrong = "source: it needs an https address"
		}
		for _, n := range append(p.Names, p.Platform) {
			if n != strings.ToLower(n) || seen[n] {
				wrong = "names: " + n + ": not lower case, or twice"
			}
			seen[n] = true
		}
		if wrong != "" {
			return nil, fmt.Errorf("%s: provider %d, %q: %s", file, i+1, p.Platform, wrong)
		}
	}
	return list, nil
}

// maxLinked bounds the links of one account that are followed.
const maxLinked = 1000

// linked adds "sign in with". A link has no direction in the evidence: the one
// that others sign in with opens the other; a link between two that nobody
// signs in with opens nothing. An account's own record of whom it trusts is
// known; an app in the archive of the one it is connected with is assumed to
// sign in there.
func (b *builder) linked(k *known) {
	followed := 0
	for _, f := range k.Findings {
		if f.Fact != evidence.FactLinked || f.Detail == "" || followed == maxLinked {
			continue
		}
		followed++
		others := b.named[linkName(f.Detail)]
		for _, i := range others[:min(len(others), maxAlternatives)] {
			o := &b.accounts[i]
			mine, theirs := rank(k.Platform), rank(o.Platform)
			sure := len(others) == 1 && f.Confidence == evidence.Confirmed
			if mine == theirs {
				continue // the same platform, or two that nobody signs in with
			}
			if theirs > mine {
				b.linkedMaybe(o, k)
			} else if sure {
				b.way(access.KindAccount, k.node, way(o.node))
			} else {
				b.linkedMaybe(k, o)
			}
		}
	}
}

func (b *builder) linkedMaybe(into, from *known) {
	q := b.ask(askLinked, b.at[into.node], noID, from.Key())
	q.other = from.node
	b.way(access.KindAccount, into.node, way(from.node), q)
}

func rank(platform string) int {
	list := signInWith()
	if i := slices.IndexFunc(list, func(p signInProvider) bool { return p.Platform == platform }); i >= 0 {
		return i
	}
	return len(list)
}

// linkName is a linked account as the index of names has it: archives write a
// brand, a host or an address.
func linkName(s string) string {
	host := strings.ToLower(strings.TrimSpace(s))
	if u, err := url.Parse(host); err == nil && u.Host != "" {
		host = u.Hostname()
	}
	for _, p := range signInWith() {
		if host == p.Platform || slices.Contains(p.Names, host) || strings.HasSuffix(host, "."+p.Platform) {
			return p.Platform
		}
	}
	return catalog.Fold(host)
}
