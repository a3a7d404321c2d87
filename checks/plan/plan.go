// Package plan turns accounts into ordered, lock-out-safe actions, and holds
// the guided switch as a state machine. It does not draw.
package plan

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/reach"
)

// State is where an action or step stands.
type State string

// The states.
const (
	StateOpen    State = "open"
	StateBlocked State = "blocked" // something before it must be done first
	StateDone    State = "done"
	StateSkipped State = "skipped"
)

// Kind is what an action does; "plan.action.<kind>" is its sentence.
type Kind string

// The kinds of action.
const (
	KindSecure   Kind = "secure"          // set up an app or passkey, save codes, try it
	KindRemove   Kind = "remove-number"   // take the number out
	KindLimit    Kind = "limit-number"    // the number has to stay: close look-up and ads
	KindAds      Kind = "close-ads"       // end matching by uploaded lists
	KindPassword Kind = "change-password" // reused or leaked
	KindLook     Kind = "look"            // nobody knows whether the number can go: look, and say
)

// Action is one thing to do, in its place in the plan.
type Action struct {
	ID       string   `json:"id"` // "<account>/<kind>", stable
	Platform string   `json:"platform"`
	Account  string   `json:"account"` // id of the account
	Kind     Kind     `json:"action"`
	Minutes  int      `json:"minutes"`        // our estimate for somebody who does it for the first time
	Worth    int      `json:"worth"`          // 0 to 100, see worth
	Why      string   `json:"why"`            // text key "plan.why.*"
	Args     []string `json:"args,omitempty"` // platform ids the reason names
	After    []string `json:"after"`          // ids that must be done first
	State    State    `json:"state"`

	Critical bool      `json:"critical,omitempty"` // of a mailbox, phone company, money or state account
	Begun    bool      `json:"begun,omitempty"`    // a step of it is done, the whole is not
	Waits    []string  `json:"waits,omitempty"`    // ids still to be done before it, when blocked
	Proved   time.Time `json:"proved,omitzero"`    // done, and an archive of that day shows it
}

// StateKey is the text key of where an action stands: what is proved says so.
func (a Action) StateKey() string {
	if !a.Proved.IsZero() {
		return "plan.state.proved"
	}
	return "plan.state." + string(a.State)
}

// minutesFor is the project's own estimate per kind of action.
var minutesFor = map[Kind]int{KindSecure: 10, KindRemove: 3, KindLimit: 5, KindAds: 3, KindPassword: 5, KindLook: 4}

// Input is everything the plan is made from.
type Input struct {
	Accounts      []account.Account
	Platform      func(id, name string) *catalog.Platform // such as Catalog.Get
	Own           []identifier.Identifier
	Ticks         map[string]Ticks // by account id
	Skipped       []string         // action ids
	RiskReduction map[string]int   // by account id: percent of what a stolen number opens today; nil where unknown
	Leaked        map[string]bool  // platforms whose leak took passwords the person had there
}

// Order returns the actions in an order in which every prefix is safe: the
// mailbox before what is reset through it; at every account the new way in
// before the number goes; what was begun before what was not; and critical accounts (mailbox, carrier, money,
// state) one after the other, never two at once.
func Order(in Input) []Action {
	p := planner{Input: in, index: map[string]int{}, switches: map[string]Switch{}}
	ranked := make([]rankedAccount, len(in.Accounts))
	for i, a := range in.Accounts {
		ranked[i] = p.rank(a)
	}
	slices.SortStableFunc(ranked, func(a, b rankedAccount) int {
		return cmp.Or(-cmp.Compare(a.begun, b.begun), cmp.Compare(a.tier, b.tier), -cmp.Compare(a.reduction, b.reduction),
			-cmp.Compare(a.urgency, b.urgency), strings.Compare(a.ID, b.ID))
	})
	for _, r := range ranked {
		p.plan(r.Account)
	}
	p.states()
	return p.actions
}

type planner struct {
	Input
	actions  []Action
	index    map[string]int // id -> position in actions
	critical []string       // actions of the critical account before
	mailbox  []string       // what secures the mailboxes
	switches map[string]Switch
}

// steps is the switch of an account, made once.
func (p *planner) steps(a account.Account) Switch {
	sw, made := p.switches[a.ID]
	if !made {
		sw = NewSwitch(p.platform(a), a, p.Ticks[a.ID])
		p.switches[a.ID] = sw
	}
	return sw
}

// rankedAccount is an account with what decides its place in the plan.
type rankedAccount struct {
	account.Account
	begun, reduction, urgency int
	tier                      reach.Tier
}

func (p *planner) rank(a account.Account) rankedAccount {
	return rankedAccount{a, p.begun(a), p.RiskReduction[a.ID], p.urgency(a), p.tier(a)}
}

func (p *planner) platform(a account.Account) *catalog.Platform {
	return p.Platform(a.Platform, a.Name)
}

// tier says how much hangs on an account. The platform behind one of the
// person's own addresses is a mailbox whatever the catalogue calls it.
func (p *planner) tier(a account.Account) reach.Tier {
	pl := p.platform(a)
	for _, id := range p.Own {
		if d := id.Domain(); d != "" && (d == a.Platform || slices.Contains(pl.Domains, d)) {
			return reach.TierMailbox
		}
	}
	return reach.TierOf(pl)
}

// urgency puts proven misuse and leaks first inside a tier.
func (p *planner) urgency(a account.Account) int {
	n := len(a.ReusedWith)
	if len(a.Advertisers) > 0 {
		n += 3
	}
	if a.HoldsPhone() {
		n += 5
	}
	if slices.Contains(a.SecondFactor, "phone") {
		n += 5
	}
	if p.Leaked[a.Platform] {
		n += 4
	}
	if p.platform(a).Guide != nil {
		n++
	}
	return n
}

// begun is 1 for a critical account where a way in was changed and more is to
// be done: it stays first, whatever the steps so far took out of its worth.
func (p *planner) begun(a account.Account) int {
	if p.tier(a) > reach.TierState {
		return 0
	}
	sw := p.steps(a)
	changed := false
	for k := range p.Ticks[a.ID] {
		_, way := actionOf[k]
		changed = changed || way
	}
	if !changed || sw.Secured() && (!sw.removes() || sw.NumberOut()) {
		return 0
	}
	return 1
}

func (p *planner) plan(a account.Account) {
	tier := p.tier(a)
	pl := p.platform(a)
	sw := p.steps(a)
	critical := tier <= reach.TierState
	var before []string // a critical account waits for all that is to be done at the critical one before it
	if critical {
		before = p.critical
	}
	first := len(p.actions)

	if p.Leaked[a.Platform] {
		p.add(a, tier, KindPassword, "plan.why.leaked", nil, before)
	} else if len(a.ReusedWith) > 0 {
		p.add(a, tier, KindPassword, "plan.why.reused", a.ReusedWith, before)
	}
	number := a.HoldsPhone() || slices.Contains(a.SecondFactor, "phone") || !a.NumberGone.IsZero() || sw.NumberOut()
	if len(sw.method()) == 0 || offersMethod(sw) {
		if tier == reach.TierMailbox || number {
			p.add(a, tier, KindSecure, whySecure(tier, a), nil, before)
		}
	}
	if number {
		p.planNumber(a, pl, sw, tier, before)
	}
	if len(a.Advertisers) > 0 {
		p.add(a, tier, KindAds, "plan.why.advertisers", nil, nil)
	}
	if guarded := guarded(p.actions[first:]); critical && len(guarded) > 0 {
		p.critical = guarded
	}
}

// guarded are the actions that belong to the safety of their account; closing
// ads never holds another account up.
func guarded(actions []Action) (ids []string) {
	for _, a := range actions {
		if a.Kind != KindAds {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// planNumber adds what can be done about the number itself.
func (p *planner) planNumber(a account.Account, pl *catalog.Platform, sw Switch, tier reach.Tier, before []string) {
	if pl.KeepsNumber() {
		p.add(a, tier, KindLimit, "plan.why."+string(pl.Exit), nil, before)
		return
	}
	if !sw.removes() || pl.Exit == catalog.ExitUnknown && pl.Guide == nil {
		p.add(a, tier, KindLook, "plan.why.look", nil, before)
		return
	}
	after := slices.Concat(before, p.mailbox)
	after = append(after, id(a, KindSecure))
	p.add(a, tier, KindRemove, "plan.why.remove", nil, after)
}

func offersMethod(sw Switch) bool {
	return sw.has(catalog.StepAddApp) || sw.has(catalog.StepAddPasskey) || sw.has(catalog.StepAddPIN)
}

func whySecure(t reach.Tier, a account.Account) string {
	if t == reach.TierMailbox {
		return "plan.why.mailbox"
	}
	if slices.Contains(a.SecondFactor, "phone") {
		return "plan.why.sms"
	}
	return "plan.why.before_removal"
}

func id(a account.Account, k Kind) string { return a.ID + "/" + string(k) }

func (p *planner) add(a account.Account, t reach.Tier, k Kind, why string, args, after []string) {
	act := Action{
		ID: id(a, k), Platform: a.Platform, Account: a.ID, Kind: k, Minutes: minutesFor[k], Worth: p.worth(a, t, k),
		Why: why, Args: args, After: []string{}, Critical: t <= reach.TierState,
	}
	for _, x := range after {
		if _, planned := p.index[x]; planned && !slices.Contains(act.After, x) {
			act.After = append(act.After, x)
		}
	}
	p.index[act.ID] = len(p.actions)
	p.actions = append(p.actions, act)
	if t == reach.TierMailbox && k == KindSecure {
		p.mailbox = append(p.mailbox, act.ID)
	}
}

// worth is what the action takes out of the reach of a stolen number, where that
// is computed: all of it when the number leaves, half when the way for that is
// made. Else it scales the account's tier: half for steps that only prepare.
func (p *planner) worth(a account.Account, t reach.Tier, k Kind) int {
	if p.RiskReduction != nil && k == KindRemove {
		return p.RiskReduction[a.ID]
	}
	if p.RiskReduction != nil && k == KindSecure {
		return (p.RiskReduction[a.ID] + 1) / 2
	}
	w := t.Weight()
	switch k {
	case KindRemove, KindPassword:
		return w
	case KindSecure:
		if slices.Contains(a.SecondFactor, "phone") || t == reach.TierMailbox {
			return w
		}
		return w * 3 / 4
	default:
		return w / 2
	}
}

// states works out what is done, skipped, open or blocked. A skipped action
// does not release those of its own account that rest on it for safety: an
// unsecured account stays unsecured. For other accounts it is as if it were not
// there: they wait for what it waits for.
func (p *planner) states() {
	byID := map[string]account.Account{}
	for _, a := range p.Accounts {
		byID[a.ID] = a
	}
	for i := range p.actions {
		act := &p.actions[i]
		act.State = p.state(*act, byID[act.Account])
		if act.Kind == KindRemove && act.State == StateDone {
			act.Proved = byID[act.Account].NumberProved
		}
	}
	// After always points backwards, so one pass sees whole chains.
	pending := make([]bool, len(p.actions))   // it, or something it rests on, is not done
	holds := make([][]string, len(p.actions)) // what of its chain is still to be done and was not left out
	for i := range p.actions {
		act := &p.actions[i]
		var due, needed []string
		for _, x := range act.After {
			j := p.index[x]
			due = join(due, holds[j])
			if pending[j] && p.actions[j].Account == act.Account && len(holds[j]) == 0 {
				needed = append(needed, x) // left out, and yet needed
			}
		}
		waits := join(due, needed)
		act.Begun = act.State == StateOpen && p.started(*act)
		pending[i] = len(waits) > 0 || act.State != StateDone
		if len(waits) > 0 && act.State == StateOpen {
			act.State, act.Waits = StateBlocked, waits
		}
		if holds[i] = due; act.State == StateOpen || act.State == StateBlocked {
			holds[i] = []string{act.ID}
		}
	}
}

// join is both lists, each entry once.
func join(list, more []string) []string {
	list = slices.Clip(list)
	for _, x := range more {
		if !slices.Contains(list, x) {
			list = append(list, x)
		}
	}
	return list
}

// started reports whether a step that belongs to an action was ticked.
func (p *planner) started(act Action) bool {
	for k := range p.Ticks[act.Account] {
		if kind, is := actionOf[k]; is && kind == act.Kind {
			return true
		}
	}
	return false
}

func (p *planner) state(act Action, a account.Account) State {
	sw := p.steps(a)
	switch {
	case p.done(act.Kind, a, sw):
		return StateDone
	case slices.Contains(p.Skipped, act.ID):
		return StateSkipped
	}
	return StateOpen
}

func (p *planner) done(k Kind, a account.Account, sw Switch) bool {
	switch k {
	case KindSecure:
		if sw.has(catalog.StepAddPIN) {
			return sw.done(catalog.StepAddPIN)
		}
		return sw.Secured()
	case KindRemove:
		return sw.NumberOut() || !a.NumberGone.IsZero() || !a.NumberProved.IsZero()
	case KindLook:
		return sw.done(catalog.StepSee)
	case KindAds:
		return sw.done(catalog.StepAds)
	case KindPassword:
		return sw.done(catalog.StepPassword)
	case KindLimit:
		return sw.done(catalog.StepLookup) || !sw.has(catalog.StepLookup) && sw.done(catalog.StepSee)
	}
	return false
}
