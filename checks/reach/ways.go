package reach

import (
	"slices"
	"strconv"
	"strings"

	"unlisted/checks/access"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
)

// maxAlternatives bounds how many numbers or addresses of one account make ways
// of their own: more than a person can have, less than a hostile file can name.
const maxAlternatives = 8

// choice is one of the nodes that can stand for a means, with the question it
// waits for; nil where it is known.
type choice struct {
	node access.Node
	wait *ask
}

// open adds an account and all its ways.
func (b *builder) open(k *known) {
	b.graph.Open(access.KindAccount, k.node)
	numbers, mail := b.numbersOf(k), b.mailOf(k)
	if k.codes {
		b.graph.Hold(access.KindCodes, node(prefixCodes, k.ID))
	}
	if k.pin {
		b.graph.Hold(access.KindPassword, node(prefixPIN, k.ID))
	}
	if k.second {
		b.graph.Hold(access.KindKey, nodeSecond)
	}
	b.number(k)
	b.linked(k)
	if k.passkey {
		b.way(access.KindAccount, k.node, way(nodePasskeys))
	}
	if k.at.NumberIsID {
		b.way(access.KindAccount, k.node, way(nodeUnlocked))
	}
	switch {
	case b.stated(k, numbers, mail):
	case k.at.NumberIsID:
		b.numberIsAccount(k, numbers)
	default:
		b.usual(k, numbers, mail)
	}
}

// numbersOf lists the numbers an account holds. Where it is sure that it holds
// one and not which, those of the person stand in, each with its question; where
// the one it holds could not be placed, those that end like it.
func (b *builder) numbersOf(k *known) (out []choice) {
	for _, id := range k.phones[:min(len(k.phones), maxAlternatives)] {
		out = append(out, choice{b.other(id), nil})
	}
	if k.out || len(out) > 0 && len(k.unplaced) == 0 {
		return out
	}
	for _, n := range b.numbers {
		if slices.ContainsFunc(out, func(c choice) bool { return c.node == n }) {
			continue
		}
		q := b.ask(askHolds, b.at[k.node], b.ids[n])
		if slices.ContainsFunc(k.unplaced, func(id identifier.Identifier) bool { return id.MayBe(b.ids[n]) }) {
			out = append(out, choice{n, q})
			if b.answer(q) != No {
				k.possible = append(k.possible, n)
			}
			continue
		}
		if len(k.phones) > 0 {
			continue
		}
		if k.phone || k.at.NumberIsID || k.needsNumber() || b.answer(q) == Yes {
			out = append(out, choice{n, q})
		}
	}
	return out[:min(len(out), maxAlternatives)]
}

// mailOf lists the mailboxes an account can be reset through: never its own.
func (b *builder) mailOf(k *known) (out []choice) {
	for _, id := range k.emails {
		if len(out) == maxAlternatives {
			break
		}
		if !slices.Contains(b.provider(id), b.at[k.node]) {
			out = append(out, choice{b.other(id), b.ask(askMailResets, b.at[k.node], id)})
		}
	}
	return out
}

// number adds what an account means for the person's own numbers: a phone
// company gives out new SIM cards; a mailbox that may hold a number is worth
// the question.
func (b *builder) number(k *known) {
	if slices.Contains(k.at.Categories, "telecom") {
		for _, n := range b.numbers[:min(len(b.numbers), maxAlternatives)] {
			b.way(access.KindNumber, n, back(k.node), b.ask(askCarrier, b.at[k.node], b.ids[n]))
		}
	}
	known := k.phone || k.at.NumberIsID || k.needsNumber() || len(k.phones)+len(k.possible) > 0
	if !k.mailbox || k.out || known || !k.at.HoldsNumber() {
		return
	}
	for _, n := range b.numbers[:min(len(b.numbers), maxAlternatives)] {
		q := b.ask(askHolds, b.at[k.node], b.ids[n])
		if b.answer(q) != "" {
			continue // a yes makes it one of the account's numbers
		}
		for _, f := range b.factors(k, nil) {
			b.maybe(access.KindAccount, k.node, back(append(f.nodes(), n)...), q)
		}
	}
}

// factor is one second factor, or none.
type factor []choice

func (f factor) nodes() (out []access.Node) {
	for _, c := range f {
		if c.node != "" {
			out = append(out, c.node)
		}
	}
	return out
}

func (f factor) waits(more ...*ask) []*ask {
	for _, c := range f {
		more = append(more, c.wait)
	}
	return more
}

// factors lists what an account asks for besides the password, any one of them;
// where nothing is known, that is nothing, with the question.
func (b *builder) factors(k *known, numbers []choice) (out []factor) {
	if k.phone {
		for _, n := range numbers {
			out = append(out, factor{n})
		}
	}
	if k.app {
		out = append(out, factor{{node: nodeApp}})
	}
	if k.passkey {
		out = append(out, factor{{node: nodePasskeys}})
	}
	if k.second && (k.app || k.passkey) {
		out = append(out, factor{{node: nodeSecond}})
	}
	other := factor{{node: node(prefixFactor, k.ID)}}
	q := b.ask(askFactor, b.at[k.node], noID)
	if said := b.answer(q); len(out) == 0 {
		if k.codes || k.phone || said == Yes {
			// Something is on; nobody knows what.
			b.graph.Hold(access.KindUnknown, other[0].node)
			out = append(out, other)
		} else if said == No {
			out = append(out, nil)
		} else {
			out = append(out, factor{{wait: q}})
		}
	}
	if k.codes {
		out = append(out, factor{{node: node(prefixCodes, k.ID)}})
	}
	return out
}

// usual adds the ways of the general rule.
func (b *builder) usual(k *known, numbers, mail []choice) {
	factors := b.factors(k, numbers)
	b.each(k, choice{node: k.password}, factors, false)
	for _, m := range mail {
		b.each(k, m, factors, true)
	}
	if !k.codesByNumber() {
		return
	}
	for _, n := range numbers {
		q := b.ask(askNumberResets, b.at[k.node], b.ids[n.node])
		for _, f := range k.beside(n.node, factors) {
			waits := f.waits(n.wait)
			if !k.statesRecovery() {
				waits = append(waits, q)
			}
			b.choose(k, append(slices.Clone(f), choice{node: n.node}), true, waits)
		}
	}
}

// statesRecovery reports whether the guide says that a number gets one back in.
func (k *known) statesRecovery() bool {
	if k.at.Guide == nil {
		return false
	}
	f, ok := k.at.Guide.Uses["recovery"]
	return ok && f.Confidence != "unverified"
}

// each adds a way for a first means with each of the factors.
func (b *builder) each(k *known, first choice, factors []factor, recovery bool) {
	for _, f := range factors {
		b.choose(k, append(slices.Clone(f), first), recovery, f.waits(first.wait))
	}
}

// choose adds one way from what was chosen for each of its means.
func (b *builder) choose(k *known, chosen factor, recovery bool, waits []*ask) {
	w := way(chosen.nodes()...)
	w.Recovery = recovery
	k.signsIn = k.signsIn || slices.Contains(w.Needs, k.password)
	b.way(access.KindAccount, k.node, w, waits...)
}

// numberIsAccount adds the ways where the number is the account.
func (b *builder) numberIsAccount(k *known, numbers []choice) {
	for _, n := range numbers {
		chosen := factor{n}
		if k.pin {
			chosen = append(chosen, choice{node: node(prefixPIN, k.ID)})
		}
		b.choose(k, chosen, false, chosen.waits())
	}
}

// stated adds the ways the guide states, as far as the account has what they
// need, and reports whether the guide settles it. The guide tells what may be
// on; what is on decides:
//
//   - password, number or mailbox alone opens only together with the second
//     factors that are on, if any;
//   - while none is known to be on, the password stands for all ways that add
//     something to it, where the guide states it alone;
//   - once one is on, a code by SMS or mail is no second factor unless the
//     number is on as one;
//   - once a PIN is set, the number alone opens nothing.
func (b *builder) stated(k *known, numbers, mail []choice) (settled bool) {
	if k.at.Guide == nil || len(k.at.Guide.Ways) == 0 {
		return false
	}
	factors := b.factors(k, numbers)
	for i, w := range k.at.Guide.Ways {
		settled = settled || slices.Contains(w.Needs, "another-account")
		if k.skips(w) {
			continue
		}
		for _, chosen := range b.expand(k, w.Needs, numbers, mail) {
			settled = true
			q := b.unconfirmed(k, i, chosen)
			if !k.alone(w) {
				b.choose(k, chosen, w.Recovery, chosen.waits(q))
				continue
			}
			for _, f := range k.beside(chosen[0].node, factors) {
				b.choose(k, append(slices.Clone(f), chosen...), w.Recovery, f.waits(append(chosen.waits(), q)...))
			}
		}
	}
	return settled
}

// skips reports whether a stated way is not there as things are.
func (k *known) skips(w catalog.Way) bool {
	needs := func(n string) bool { return slices.Contains(w.Needs, n) }
	on := k.phone || k.app || k.passkey
	if len(w.Needs) == 1 {
		return k.pin && needs("number")
	}
	if !needs("password") {
		return false
	}
	if !on {
		return slices.ContainsFunc(k.at.Guide.Ways, func(x catalog.Way) bool {
			return len(x.Needs) == 1 && x.Needs[0] == "password"
		})
	}
	return !w.Recovery && (needs("number") && !k.phone || needs("mailbox"))
}

// alone reports whether a way is a single thing that a second factor would be
// asked for beside.
func (k *known) alone(w catalog.Way) bool {
	return !k.at.NumberIsID && len(w.Needs) == 1 && slices.Contains([]string{"password", "number", "mailbox"}, w.Needs[0])
}

// beside gives the factors asked for beside a means: none beside a number that
// stays a way in whatever is on.
func (k *known) beside(n access.Node, factors []factor) []factor {
	if k.at.Exit == catalog.ExitForcedFallback && strings.HasPrefix(string(n), prefixNumber) {
		return []factor{nil}
	}
	return factors
}

// unconfirmed gives the question that an unverified way of the guide waits for:
// none where it needs the codes that the person has saved.
func (b *builder) unconfirmed(k *known, i int, chosen factor) *ask {
	w := k.at.Guide.Ways[i]
	if w.Confidence != "unverified" || k.codes && slices.Contains(w.Needs, "codes") {
		return nil
	}
	if len(chosen) == 1 && w.Recovery {
		switch id := b.ids[chosen[0].node]; id.Kind {
		case identifier.KindEmail:
			return b.ask(askMailResets, b.at[k.node], id)
		case identifier.KindPhone:
			return b.ask(askNumberResets, b.at[k.node], id)
		}
	}
	q := b.ask(askWay, b.at[k.node], noID, strconv.Itoa(i))
	q.needs = w.Needs
	return q
}

// expand gives every choice of nodes for the means a stated way needs; none
// where the account lacks one of them.
func (b *builder) expand(k *known, needs []string, numbers, mail []choice) []factor {
	out := []factor{nil}
	for _, need := range needs {
		var next []factor
		for _, c := range b.standIns(k, need, numbers, mail) {
			for _, f := range out {
				if c.node != "" {
					f = append(slices.Clone(f), c)
				}
				next = append(next, f)
			}
		}
		out = next
	}
	return slices.DeleteFunc(out, func(f factor) bool { return len(f) == 0 })
}

// standIns lists what can stand for a means of the guides (catalog.Needs).
func (b *builder) standIns(k *known, need string, numbers, mail []choice) []choice {
	if need == "number" {
		return numbers
	}
	if need == "mailbox" {
		known := slices.Clone(mail)
		for i := range known {
			known[i].wait = nil // the guide says so
		}
		return known
	}
	if need == "pin" && !k.pin {
		if k.has(catalog.StepAddPIN) {
			return []choice{{}} // not set: nothing is asked
		}
		b.graph.Hold(access.KindPassword, node(prefixPIN, k.ID))
	}
	if need == "identity" {
		// A document and the face on it: like a key, a thing and its lock.
		b.graph.Hold(access.KindKey, nodeIdentity)
	}
	for _, c := range []struct {
		need string
		on   bool
		node access.Node
	}{
		{"password", true, k.password},
		{"device", true, nodeUnlocked},
		{"app", k.app, nodeApp},
		{"passkey", k.passkey, nodePasskeys},
		{"codes", k.codes, node(prefixCodes, k.ID)},
		{"pin", true, node(prefixPIN, k.ID)},
		{"identity", true, nodeIdentity},
	} {
		if c.need != need || !c.on {
			continue
		}
		out := []choice{{node: c.node}}
		if k.second && (need == "app" || need == "passkey") {
			out = append(out, choice{node: nodeSecond})
		}
		return out
	}
	return nil // "another-account" is what the evidence links
}
