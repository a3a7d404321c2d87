package archive

import "unlisted/checks/evidence"

// noting is a sink that notes whether any number went through, and whether
// anything could not be read, in which one may be.
type noting struct {
	evidence.Sink
	number, unread bool
}

// Finding implements evidence.Sink.
func (n *noting) Finding(f evidence.Finding) {
	n.number = n.number || f.Fact == evidence.FactPhone2FA || f.Fact == evidence.FactHoldsPhone
	n.Sink.Finding(f)
}

// Problem implements evidence.Sink.
func (n *noting) Problem(p evidence.Problem) {
	n.unread = true
	n.Sink.Problem(p)
}

// Skip implements evidence.Sink.
func (n *noting) Skip(why evidence.Reason, label string) {
	n.unread = true
	n.Sink.Skip(why, label)
}

// noPhone reports that the platform shows no number: only where the archive is
// dated, its own page of numbers is in it, all of it could be read, and no part
// of it shows a number. An archive that lacks the page says nothing.
func (o *owner) noPhone(n *noting) {
	if o.paged && !n.number && !n.unread && !o.at.IsZero() {
		o.finding(evidence.Finding{Fact: evidence.FactNoPhone})
	}
}
