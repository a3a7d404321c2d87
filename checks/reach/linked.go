package reach

import (
	"net/url"
	"slices"
	"strings"

	"unlisted/checks/access"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
)

// signInWith lists the platforms others let people sign in with. Of two of them
// that are linked, the earlier opens the later.
var signInWith = []string{"google.com", "apple.com", "microsoft.com", "facebook.com", "x.com", "github.com", "linkedin.com", "amazon.com", "discord.com"}

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
	if i := slices.Index(signInWith, platform); i >= 0 {
		return i
	}
	return len(signInWith)
}

// linkName is a linked account as the index of names has it: archives write a
// brand, a host or an address.
func linkName(s string) string {
	host := strings.ToLower(strings.TrimSpace(s))
	if u, err := url.Parse(host); err == nil && u.Host != "" {
		host = u.Hostname()
	}
	for _, p := range signInWith {
		brand, _, _ := strings.Cut(p, ".")
		if host == p || host == brand || strings.HasSuffix(host, "."+p) {
			return p
		}
	}
	if host == "twitter" || host == "twitter.com" {
		return "x.com"
	}
	return catalog.Fold(host)
}
