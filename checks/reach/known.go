package reach

import (
	"slices"

	"unlisted/checks/access"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// known is what is known of one account, from proof, claims and done steps.
type known struct {
	account.Account
	at       *catalog.Platform
	node     access.Node
	tier     Tier
	mailbox  bool // behind one of the person's own addresses
	password access.Node
	weak     bool // the password leaked, or opens other accounts too
	phones   []identifier.Identifier
	unplaced []identifier.Identifier // numbers held that could not be placed
	possible []access.Node           // the person's numbers that one of those may be
	emails   []identifier.Identifier
	out      bool // the number was taken out
	signsIn  bool // a way needs its password

	phone, app, passkey, codes, pin bool // what is on
	second                          bool // the app or a passkey is on a second device too
}

// know adds up one account. own are the mail domains of the person's addresses.
func (b *builder) know(a account.Account, own map[string]bool, shared map[string]access.Node) known {
	k := known{Account: a, node: AccountNode(a.ID)}
	k.at = b.in.Platform(a.Platform, a.Name)
	k.tier = TierOf(k.at)
	if slices.ContainsFunc(k.domains(), func(d string) bool { return own[d] }) {
		k.tier = TierMailbox
	}
	for _, id := range a.Identifiers {
		switch id.Kind {
		case identifier.KindPhone:
			k.phones = append(k.phones, id)
		case identifier.KindUnplaced:
			k.unplaced = append(k.unplaced, id)
		default:
			k.emails = append(k.emails, id)
		}
	}
	done := b.in.Ticks[a.ID]
	has := func(s string) bool { return slices.Contains(a.SecondFactor, s) }
	k.phone = has("phone")
	k.app, k.passkey = has("totp") || done[catalog.StepAddApp], has("passkey") || done[catalog.StepAddPasskey]
	k.codes, k.pin, k.second = done[catalog.StepCodes], done[catalog.StepAddPIN], done[catalog.StepSecond]
	if done[catalog.StepRemove2FA] {
		k.phone = false
	}
	k.out = !a.NumberGone.IsZero() || !a.NumberProved.IsZero()
	if k.removed(done) {
		k.dropNumber()
	}
	k.ownPassword(shared, b.in.Leaked[a.Platform], done[catalog.StepPassword])
	if b.in.Planned {
		k.carryOut()
	}
	return k
}

// domains are the hosts of the platform; its id where the catalogue has none.
func (k *known) domains() []string {
	if len(k.at.Domains) == 0 {
		return []string{k.Platform}
	}
	return k.at.Domains
}

func (k *known) ownPassword(shared map[string]access.Node, leaked, changed bool) {
	k.password = node(prefixPassword, k.ID)
	if changed {
		return
	}
	k.weak = leaked || len(k.ReusedWith) > 0
	if n, ok := shared[k.ID]; ok {
		k.password, k.weak = n, true
	}
}

// has reports whether the platform's steps include a kind.
func (k *known) has(kind catalog.StepKind) bool {
	return slices.ContainsFunc(k.at.Steps(), func(s catalog.Step) bool { return s.Kind == kind })
}

// removed reports whether every step that takes the number out is done.
func (k *known) removed(done map[catalog.StepKind]bool) bool {
	if len(done) == 0 {
		return false
	}
	is := func(kind catalog.StepKind) bool { return !k.has(kind) || done[kind] }
	any := false
	for _, kind := range catalog.SignInRemovals() {
		if !is(kind) {
			return false
		}
		any = any || kind.Removes() && done[kind]
	}
	return any
}

func (k *known) dropNumber() { k.phones, k.unplaced, k.phone, k.out = nil, nil, false, true }

// carryOut does what the plan asks for this account: a safer sign-in where the
// number is or the mailbox is, the number out where it can go, and a password
// of its own. What the platform does not offer stays as it is.
func (k *known) carryOut() {
	number := len(k.phones)+len(k.unplaced) > 0 || k.phone || k.out
	if number || k.tier == TierMailbox {
		for _, s := range k.at.Steps() {
			on := k.app || k.passkey
			switch s.Kind {
			case catalog.StepAddApp:
				k.app = true
			case catalog.StepAddPasskey:
				k.passkey = k.passkey || !s.Optional
			case catalog.StepAddPIN:
				k.pin = true
			case catalog.StepCodes:
				k.codes = k.codes || on
			case catalog.StepSecond:
				k.second = k.second || on && !s.Optional
			}
		}
	}
	if number && k.removable() {
		k.dropNumber()
	}
	if k.weak {
		k.password, k.weak = node(prefixPassword, k.ID), false
	}
}

// removable reports whether the plan takes the number out here.
func (k *known) removable() bool {
	if k.at.KeepsNumber() || k.at.Exit == catalog.ExitUnknown && k.at.Guide == nil {
		return false
	}
	return slices.ContainsFunc(k.at.Steps(), func(s catalog.Step) bool { return s.Kind.Removes() })
}

// waysIn are the purposes that let a number in.
var waysIn = []evidence.Purpose{evidence.PurposeSignIn, evidence.PurposeSecondFactor, evidence.PurposeRecovery}

// codesByNumber reports whether a number can matter for getting in: the
// platform sends codes, or a proof shows the number used for it. A number that
// a shop has for the parcel opens nothing.
func (k *known) codesByNumber() bool {
	if k.phone || k.at.Offers("sms", "call") {
		return true
	}
	if g := k.at.Guide; g != nil {
		for _, use := range []string{"sign-in", "second-factor", "recovery"} {
			if _, ok := g.Uses[use]; ok {
				return true
			}
		}
	}
	return slices.ContainsFunc(k.Findings, func(f evidence.Finding) bool {
		return f.Identifier.IsNumber() && slices.Contains(waysIn, f.Purpose)
	})
}

// needsNumber reports whether nobody has an account there without a number.
func (k *known) needsNumber() bool {
	if k.at.Guide == nil {
		return false
	}
	f := k.at.Guide.Facts["number-held"]
	return f.Value == "required" && f.Confidence != "unverified"
}

// reuseGroups are the groups of equal passwords the evidence puts an account
// in.
func reuseGroups(a account.Account) (out []string) {
	for _, f := range a.Findings {
		if f.Fact == evidence.FactReuse && f.Detail != "" {
			out = append(out, f.Detail)
		}
	}
	return out
}
