package archive

import (
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// noting is a sink that notes whether any number went through.
type noting struct {
	evidence.Sink
	number bool
}

// Finding implements evidence.Sink.
func (n *noting) Finding(f evidence.Finding) {
	n.number = n.number || f.Fact == evidence.FactPhone2FA || f.Fact == evidence.FactHoldsPhone && (f.Identifier.IsZero() || f.Identifier.Kind == identifier.KindPhone)
	n.Sink.Finding(f)
}

// noPhone reports that the platform shows no number: only where the archive is
// dated, its own page of numbers is in it, and no part of it shows one. An
// archive that lacks the page says nothing.
func (p platform) noPhone(n *noting, in evidence.Input, page ...string) {
	if !n.number && !p.at.IsZero() && len(in.Find(page...)) > 0 {
		p.finding(evidence.Finding{Fact: evidence.FactNoPhone})
	}
}
