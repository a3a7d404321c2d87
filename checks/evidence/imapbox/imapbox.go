// Package imapbox reads the person's own mailbox at its provider, over IMAP. It
// only looks: folders are opened read-only and nothing is marked as seen. What
// a mail shows is decided by the mailbox package, to which every folder is
// handed as an mbox that is fetched while it is read: the header of each mail,
// and the start of the text of the few whose text matters. It opens no
// connection itself (outbound does), keeps no password and no mail, and reads
// nothing of mailboxes that others share with the person.
package imapbox

import (
	"context"
	"errors"
	"slices"
	"strings"

	"golang.org/x/net/idna"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
)

// Account is where the mailbox is and how it opens. It is handed in for one
// reading, shows itself without its secrets, and is not stored by this package.
type Account struct {
	Host     string // "" where the address tells
	User     string // the address, as a rule
	Password string // an app password where the provider has them
}

// String shows no user and no password.
func (a Account) String() string { return "mailbox at " + a.Host }

// GoString shows no user and no password.
func (a Account) GoString() string { return a.String() }

// State is what a reading leaves for the next one, which then reads only mail
// that has come since. The zero State is a first reading.
type State struct {
	Folders map[string]Mark         `json:"folders,omitempty"` // by the folder's full name
	Found   evidence.Report         `json:"found,omitzero"`
	Own     []identifier.Identifier `json:"own,omitempty"` // what was looked for: another wish reads again from the start
	Region  string                  `json:"region,omitempty"`
}

// Mark is how far a folder was read. UIDs only grow as long as the validity
// stays the same (RFC 9051, 2.3.1.1).
type Mark struct {
	Validity uint32 `json:"validity"`
	Last     uint32 `json:"last"`
}

// Read reads what is new in the mailbox and returns everything found so far,
// this time and before. What was found until a stop, or until the connection
// broke, comes with the error; reading again with the returned State goes on
// from there. Progress counts messages. Of the options the importers are not
// used. What is found is known by host and user.
func Read(
	ctx context.Context,
	d outbound.Dialer,
	yes outbound.Consent,
	a Account,
	s State,
	o evidence.Options,
	progress func(job.Progress),
) (evidence.Report, State, error) {
	identity := o.Identity
	o.Identity = nil // what the State holds has none: it may be older than they are
	s, err := read(ctx, d, yes, a, s, o, progress)
	host, _ := a.Server()
	return identified(s.Found, identity, "imap://"+strings.TrimSpace(a.User)+"@"+host+"/"), s, err
}

// identified is a copy of a report whose sources have IDs.
func identified(r evidence.Report, identity func(string) string, origin string) evidence.Report {
	if identity == nil {
		return r
	}
	r.Sources, r.Findings = slices.Clone(r.Sources), slices.Clone(r.Findings)
	for i := range r.Sources {
		r.Sources[i].ID = identity(origin + r.Sources[i].Path)
	}
	for i := range r.Findings {
		r.Findings[i].SourceID = identity(origin + r.Findings[i].Source)
	}
	return r
}

func read(
	ctx context.Context,
	d outbound.Dialer,
	yes outbound.Consent,
	a Account,
	s State,
	o evidence.Options,
	progress func(job.Progress),
) (State, error) {
	if progress == nil {
		progress = func(job.Progress) {}
	}
	a.User = strings.TrimSpace(a.User)
	host, err := a.Server()
	if err != nil {
		return s, err
	}
	subject := "•••" // a name that is no address
	o.Own = slices.Clone(o.Own)
	if id, err := identifier.ParseEmail(a.User); err == nil {
		subject = id.Masked()
		if !slices.Contains(o.Own, id) {
			o.Own = append(o.Own, id)
		}
	}
	s = s.forWish(o)
	progress(job.Progress{Step: "imap.connecting"})
	c, err := d.Dial(ctx, outbound.Mail(host), yes.About(subject, a.User))
	if err != nil {
		return s, err
	}
	session := start(ctx, c, host)
	defer session.end()
	if err := session.login(a); err != nil {
		return s, err
	}
	progress(job.Progress{Step: "imap.folders"})
	r := &reading{session: session, state: s, options: o, progress: progress, probe: newProbe(ctx, o)}
	err = r.all()
	return r.state, err
}

// Server is the host that will be asked, for whom consent is needed (see
// outbound.MailConsent). The error tells of providers that let no program in,
// before anything is sent.
func (a Account) Server() (string, error) {
	host := strings.ToLower(strings.TrimSpace(a.Host))
	p, known := ProviderAt(host)
	if host == "" {
		p, known = ProviderOf(a.User)
		host = p.Host
	}
	if known && p.Refusal != "" {
		return "", evidence.NewProblem(p.Name, p.Refusal)
	}
	host, err := idna.Lookup.ToASCII(host)
	if err != nil || host == "" {
		return "", evidence.NewProblem(host, "error.imap.address")
	}
	return host, nil
}

// forWish starts again where something else is looked for than last time.
func (s State) forWish(o evidence.Options) State {
	if s.Folders == nil || s.Region != o.Region || !slices.Equal(s.Own, o.Own) {
		return State{Folders: map[string]Mark{}, Own: o.Own, Region: o.Region}
	}
	marks := make(map[string]Mark, len(s.Folders))
	for k, v := range s.Folders {
		marks[k] = v
	}
	s.Folders = marks
	return s
}

// reading is one run over the folders.
type reading struct {
	session  *session
	state    State
	options  evidence.Options
	progress func(job.Progress)
	probe    *probe
	done     int64
	total    int64
}

func (r *reading) all() error {
	names, err := r.session.folders()
	if err != nil {
		return err
	}
	var boxes []*box
	for _, name := range names {
		b, err := r.session.survey(name, r.state.Folders[name])
		var p *evidence.Problem
		switch {
		case errors.As(err, &p) && p.What == "error.imap.folder":
			r.keep(
				name,
				evidence.Report{
					Sources: []evidence.Source{
						{Path: r.session.source(name), Format: formatID, Problems: []evidence.Problem{*p}},
					},
				},
				false,
			)
			continue
		case err != nil:
			return err
		}
		boxes = append(boxes, b)
		r.total += b.count
	}
	for _, b := range boxes {
		if err := r.folder(b); err != nil {
			return err
		}
	}
	return nil
}

// folder reads the new mail of one folder.
func (r *reading) folder(b *box) error {
	again := b.validity != r.state.Folders[b.name].Validity
	if b.count == 0 {
		r.keep(b.name, evidence.Report{}, again)
		r.state.Folders[b.name] = Mark{Validity: b.validity, Last: b.last}
		return nil
	}
	if err := r.session.examine(b.name); err != nil {
		return err
	}
	st := &stream{reading: r, box: b, left: b.uids, last: b.last}
	o := r.options
	o.Importers = []evidence.Importer{format{r.probe.importer}}
	// The stream ends between two mails when the person stops: what was fetched
	// is then read to its end, so that the mark and the findings agree.
	report, _ := evidence.ScanFS(
		context.WithoutCancel(r.session.ctx),
		r.session.host,
		&oneFile{name: fileName(b.name), stream: st},
		o,
		nil,
	)
	st.note(&report)
	r.keep(b.name, report, again)
	r.state.Folders[b.name] = Mark{Validity: b.validity, Last: st.last}
	return st.err
}

// keep adds what a folder showed to what is known; if again, in place of it.
func (r *reading) keep(name string, report evidence.Report, again bool) {
	source := r.session.source(name)
	old := r.state.Found
	if again {
		old = without(old, source)
	}
	r.state.Found = merge(old, report)
}
