// Package hudsonrock asks Hudson Rock whether an address or a number was saved
// on a device that malicious software has read out. It is the only source for
// numbers that wants no key. The masked passwords and sign-in names it answers
// with are dropped unread.
package hudsonrock

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
)

// ID is the source's stable name.
const ID = "hudsonrock"

const (
	host = "cavalier.hudsonrock.com"
	api  = "https://" + host + "/api/json/v2/osint-tools/"
)

// limits stay far below the vendor's 50 in ten seconds.
var limits = []outbound.Limit{{N: 1, Per: time.Second}, {N: 50, Per: time.Hour}}

// Source is Hudson Rock's free look-up.
type Source struct {
	client *outbound.Client
	now    func() time.Time
}

var _ breach.Source = (*Source)(nil)

// New returns the source.
func New(c *outbound.Client, now func() time.Time) *Source { return &Source{client: c, now: now} }

var purpose = outbound.Purpose{ID: ID, Host: host, MaxBody: 2 << 20, Limits: limits}

// Info implements breach.Source.
func (s *Source) Info() breach.Info {
	return breach.Info{
		ID: ID, Host: host, Level: breach.LevelIdentifier, Kinds: []identifier.Kind{identifier.KindEmail, identifier.KindPhone},
		Limits: limits, Credit: "https://www.hudsonrock.com", Sends: breach.SendsItself,
	}
}

// free is what may follow the service's sentence: the way to its other tools.
var free = regexp.MustCompile(`^( Visit https://(www\.)?hudsonrock\.com/[a-z/-]*( to [A-Za-z, ]*)?\.?)?$`)

// nothing is how it says that it knows no device with an address or, in its
// words, a user name.
func nothing(what string) []breach.Nothing {
	said := func(v any) bool {
		s, ok := v.(string)
		rest, begins := strings.CutPrefix(
			s,
			"This "+what+" is not associated with a computer infected by an info-stealer.",
		)
		return ok && begins && free.MatchString(rest)
	}
	none := breach.Exactly("0")
	answer := breach.Nothing{
		Status: http.StatusOK,
		Must:   map[string]breach.Is{"message": said, "stealers": breach.Exactly("[]")},
		May:    map[string]breach.Is{"total_corporate_services": none, "total_user_services": none},
	}
	older := answer
	older.Status = http.StatusNotFound
	return []breach.Nothing{answer, older}
}

type answer struct {
	Message, Error breach.Text
	Stealers       []struct {
		StealerFamily   breach.Text  `json:"stealer_family"`
		DateCompromised breach.Text  `json:"date_compromised"`
		ComputerName    breach.Text  `json:"computer_name"`
		OperatingSystem breach.Text  `json:"operating_system"`
		Corporate       breach.Count `json:"total_corporate_services"`
		User            breach.Count `json:"total_user_services"`
	}
}

// LookUp implements breach.Source. Numbers go to the search for user names, with
// their "+", as the vendor documents it.
func (s *Source) LookUp(ctx context.Context, yes outbound.Consent, id identifier.Identifier) breach.Result {
	r := breach.Result{Source: ID, Identifier: id, At: s.now()}
	var q breach.Query
	switch id.Kind {
	case identifier.KindEmail:
		address := breach.Escape(strings.ToLower(id.ASCIIDomain()))
		q = breach.Query{Address: api + "search-by-email?email=" + address, Nothing: nothing("email address")}
	case identifier.KindPhone:
		q = breach.Query{
			Address: api + "search-by-username?username=" + breach.Escape(id.Value),
			Nothing: nothing("username"),
		}
	default:
		return r
	}
	var body answer
	if status, ok := breach.AskJSON(ctx, s.client.Bind(purpose, yes), q, s.now, &r, &body); ok {
		r.Outcome, r.Hits = s.judge(status, body)
	}
	return r
}

// judge reads what is no "nothing found": a list of devices, with nothing beside
// it that says otherwise.
func (s *Source) judge(status int, b answer) (breach.Outcome, []breach.Hit) {
	none := strings.Contains(strings.ToLower(string(b.Message)), "is not associated")
	if status != http.StatusOK || len(b.Stealers) == 0 || b.Error != "" || none {
		return breach.Malformed, nil
	}
	var hits []breach.Hit
	for _, e := range b.Stealers {
		family := told(e.StealerFamily)
		if family == "" {
			family = "Infostealer"
		}
		device := told(e.ComputerName)
		if os := told(e.OperatingSystem); device != "" && os != "" {
			device += " · " + os
		} else if device == "" {
			device = os
		}
		hits = append(hits, breach.Hit{
			Kind: breach.HitStealer, Name: strings.ToLower(family), Title: family, Date: breach.Day(string(e.DateCompromised), s.now()),
			Data: []string{breach.DataPasswords}, Count: sum(e.Corporate, e.User), Device: device,
		})
	}
	return breach.Found, breach.Hits(hits)
}

// told is a text unless the service says in words that it has none.
func told(t breach.Text) string {
	switch strings.ToLower(string(t)) {
	case "not found", "unknown", "n/a", "none", "null":
		return ""
	}
	return string(t)
}

// sum does not overflow.
func sum(a, b breach.Count) int64 {
	if n := int64(a + b); n >= 0 {
		return n
	}
	return int64(max(a, b))
}
