package account

import (
	"slices"
	"strings"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// split tells apart the accounts that a person has at one platform. The rule:
//
//   - A sign-in name is an address, a user name, or the number of a saved login.
//     Findings that share one are of one account, and so are those of one
//     platform archive, and what the person said belongs together.
//   - Where there is just one address and just one user name, they are taken for
//     one account: most sites let people sign in with either.
//   - A finding without a sign-in name is of the account that holds its number;
//     else of the only account, or, where there are several, of each of them
//     with doubt (at most possible).
//   - A sender that only ever mailed opens no account of its own.
func split(findings []evidence.Finding, together [][]string) [][]evidence.Finding {
	s := splitter{parent: map[string]string{}}
	for _, names := range together {
		s.join(names)
	}
	for _, f := range findings {
		if opens(f) {
			s.join(append(names(f), archive(f)...))
		}
	}
	s.pair()
	return s.deal(findings)
}

// splitter joins names into accounts (union-find).
type splitter struct{ parent map[string]string }

func (s *splitter) root(n string) string {
	for s.parent[n] != n {
		n = s.parent[n]
	}
	return n
}

func (s *splitter) join(names []string) {
	for i, n := range names {
		if s.parent[n] == "" {
			s.parent[n] = n
		}
		if i > 0 {
			a, b := s.root(names[0]), s.root(n)
			s.parent[max(a, b)] = min(a, b)
		}
	}
}

// opens reports whether a finding shows an account of its own.
func opens(f evidence.Finding) bool { return proves(f) || f.Account != "" }

// Kinds of sign-in names, as they start.
const (
	byEmail = "@"
	byPhone = "+"
	byUser  = "u:"
	byArch  = "archive:"
)

// names lists the sign-in names a finding shows.
func names(f evidence.Finding) []string {
	var out []string
	if f.Identifier.Kind == identifier.KindEmail && f.Identifier.Value != "" {
		out = append(out, byEmail+f.Identifier.Canonical())
	}
	if f.Identifier.Kind == identifier.KindPhone && f.Fact == evidence.FactAccount && f.Purpose == evidence.PurposeSignIn {
		out = append(out, byPhone+f.Identifier.Canonical())
	}
	if u := strings.ToLower(strings.TrimPrefix(strings.TrimSpace(f.UserName), "@")); u != "" {
		out = append(out, byUser+u)
	}
	return out
}

func archive(f evidence.Finding) []string {
	if f.Account == "" {
		return nil
	}
	// A newer archive of the same platform is mostly of the same account, but
	// only its names can say so.
	return []string{byArch + f.Format + "\x00" + f.SourceID + "\x00" + f.Source + "\x00" + f.Account}
}

// pair joins the only address with the only user name, and archives that name
// nobody with each other and with the only account that is named.
func (s *splitter) pair() {
	var withMail, onlyUser, nameless []string
	kinds := s.kinds()
	for _, r := range s.roots() {
		switch mail, user := kinds[r][byEmail], kinds[r][byUser]; {
		case mail && !user:
			withMail = append(withMail, r)
		case user && !mail:
			onlyUser = append(onlyUser, r)
		case mail:
			withMail = append(withMail, r, r) // has both already: nothing to pair
		case !kinds[r][byPhone]:
			nameless = append(nameless, r)
		}
	}
	if len(withMail) == 1 && len(onlyUser) == 1 {
		s.join([]string{withMail[0], onlyUser[0]})
	}
	s.join(nameless)
	if len(nameless) > 0 && len(s.roots()) == 2 {
		s.join(s.roots())
	}
}

func (s *splitter) roots() []string {
	var out []string
	for n := range s.parent {
		out = append(out, s.root(n))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// kinds says which kinds of names each account has.
func (s *splitter) kinds() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for n := range s.parent {
		r := s.root(n)
		if out[r] == nil {
			out[r] = map[string]bool{}
		}
		for _, k := range []string{byEmail, byPhone, byUser} {
			if strings.HasPrefix(n, k) {
				out[r][k] = true
			}
		}
	}
	return out
}

// deal hands every finding to its account, in the order of the accounts' names.
func (s *splitter) deal(findings []evidence.Finding) [][]evidence.Finding {
	roots := s.roots()
	if len(roots) <= 1 {
		return [][]evidence.Finding{findings}
	}
	of := map[string][]evidence.Finding{}
	var loose []evidence.Finding
	for _, f := range findings {
		home := ""
		for _, n := range append(names(f), archive(f)...) {
			if s.parent[n] != "" {
				home = s.root(n)
				break
			}
		}
		if home == "" {
			loose = append(loose, f)
			continue
		}
		of[home] = append(of[home], f)
	}
	// Names the person said belong together may have no finding at all.
	roots = slices.DeleteFunc(roots, func(r string) bool { return len(of[r]) == 0 })
	if len(roots) == 0 {
		return [][]evidence.Finding{findings}
	}
	for _, f := range loose {
		homes := holding(of, roots, f.Identifier)
		if len(homes) != 1 {
			f.Confidence = min(f.Confidence, evidence.Possible)
		}
		for _, r := range homes {
			of[r] = append(of[r], f)
		}
	}
	out := make([][]evidence.Finding, len(roots))
	for i, r := range roots {
		out[i] = of[r]
	}
	return out
}

// holding lists the accounts that hold a number; all of them where none does.
func holding(of map[string][]evidence.Finding, roots []string, id identifier.Identifier) []string {
	var out []string
	for _, r := range roots {
		same := func(f evidence.Finding) bool { return identifier.Same(f.Identifier, id) }
		if !id.IsZero() && slices.ContainsFunc(of[r], same) {
			out = append(out, r)
		}
	}
	if len(out) > 0 {
		return out
	}
	if len(roots) > maxDoubt {
		return roots[:1] // nobody could say anything useful of so many
	}
	return roots
}

// maxDoubt bounds among how many accounts a finding without a name is shared.
const maxDoubt = 50
