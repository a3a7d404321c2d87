// Package host is what the window gives every place: the session, the data, the
// ways to start work and to go elsewhere. It holds no rule and draws nothing.
package host

import (
	"context"
	"io"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/logins"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// Host serves every place of one window.
type Host struct {
	Kit       *kit.Kit
	Session   *session.Session
	Catalog   *catalog.Catalog
	Breaches  *breach.Catalogue
	Credits   []catalog.Credit
	Importers []evidence.Importer
	Sources   []breach.Source
	Passwords *pwned.Source
	Client    *outbound.Client // of the network: the one there is
	Version   string
	Now       func() time.Time

	Overview func() overview.Overview                      // of the profile as it is now
	Go       func(place, arg string)                       // to another place
	Open     func(address string)                          // in the browser
	Apply    func(session.Change) bool                     // false: refused, and told
	Tell     func(error)                                   // shows an error where the person looks
	Refresh  func()                                        // builds the place in sight anew
	Run      func(step string, work Work, end func(error)) // long work, with the job bar
	Browsers func() []logins.Profile                       // that keep logins on this computer; nothing of them is read yet
	Choose   func(folder bool, picked func(path string))
	Save     func(name string, write func(io.Writer) error)
	Key      func(source string) string
	SetKey   func(source, key string) error

	Sample  func() // shows the invented person
	Leave   func() // back from the sample person
	Protect func(passphrase string) error
	Erase   func() error
	Update  func(file string) error // takes newer data: a signed set or a public list
	Fetch   Work                    // asks for the public lists, with the person's yes

	Busy        func() bool                                          // a job runs: another would be refused
	Newer       func(ctx context.Context) (*breach.Catalogue, error) // asks whether there is a new leak, with the person's yes to watching
	UseBreaches func(*breach.Catalogue)                              // from now on
	Notify      func(title, text string)                             // on the desktop; nothing personal belongs there
	Where       func() string                                        // path of the profile; "" in temporary mode
	SetLook     func(profile.Settings)
}

// Work is long work: it reports progress and ends early when ctx is done.
type Work func(ctx context.Context, report func(job.Progress)) error

// Scheduler puts questions to sources, about the person and nobody else.
func (h *Host) Scheduler(sources []breach.Source) breach.Scheduler {
	return breach.NewScheduler(h.Client, sources, overview.Own(h.Profile()))
}

// Profile returns a copy of the open profile.
func (h *Host) Profile() *profile.Profile { return h.Session.Snapshot() }

// Shown writes an identifier as the person wants to see it.
func (h *Host) Shown(id identifier.Identifier, s profile.Settings) string {
	if s.ShowValues {
		return id.Display()
	}
	return id.Masked()
}
