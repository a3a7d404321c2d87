package overview

import "unlisted/checks/plan"

// Summary counts what a person wants to know first: the accounts, those that
// hold a number, and the companies that matched the person by a list.
type Summary struct{ Accounts, Phones, Lists int }

// Summary adds the accounts up.
func (o Overview) Summary() (s Summary) {
	companies := map[string]bool{}
	for _, a := range o.Accounts {
		s.Accounts++
		if a.HoldsPhone() {
			s.Phones++
		}
		for _, c := range a.Advertisers {
			companies[c] = true
		}
	}
	s.Lists = len(companies)
	return s
}

// Progress is how many actions of the plan are done, of all.
func (o Overview) Progress() (done, all int) {
	for _, a := range o.Actions {
		if a.State == plan.StateDone {
			done++
		}
	}
	return done, len(o.Actions)
}
