// Package hudsonrock asks Hudson Rock whether an address or a number was saved
// on a device that malicious software has read out. It is the only source for
// numbers that wants no key. The masked passwords and sign-in names it answers
// with are dropped unread.
package hudsonrock

import (
	"context"
	"net/http"
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
	client *http.Client
	now    func() time.Time
}

var _ breach.Source = (*Source)(nil)

// New returns the source.
func New(door outbound.Door, now func() time.Time) *Source {
	return &Source{client: door.Client(outbound.Purpose{ID: ID, Host: host, MaxBody: 2 << 20, Limits: limits}), now: now}
}

// Info implements breach.Source.
func (s *Source) Info() breach.Info {
	return breach.Info{
		ID: ID, Host: host, Level: breach.LevelIdentifier, Kinds: []identifier.Kind{identifier.KindEmail, identifier.KindPhone},
		Limits: limits, Credit: "https://www.hudsonrock.com",
	}
}

type answer struct {
	Message  breach.Text
	Stealers *[]struct {
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
func (s *Source) LookUp(ctx context.Context, id identifier.Identifier) breach.Result {
	r := breach.Result{Source: ID, Identifier: id, At: s.now()}
	var query string
	switch id.Kind {
	case identifier.KindEmail:
		query = "search-by-email?email=" + breach.Escape(strings.ToLower(id.ASCIIDomain()))
	case identifier.KindPhone:
		query = "search-by-username?username=" + breach.Escape(id.Value)
	default:
		return r
	}
	var body answer
	status, ok := breach.AskJSON(ctx, s.client, api+query, 0, s.now, &r, &body)
	if !ok {
		return r
	}
	r.Outcome, r.Hits = s.judge(status, body)
	return r
}

// judge goes by the list of devices. An empty one is "nothing found" unless the
// sentence beside it says otherwise; a 404 is so only with the service's own
// list or sentence, since a moved address answers 404 too.
func (s *Source) judge(status int, b answer) (breach.Outcome, []breach.Hit) {
	said := strings.ToLower(string(b.Message))
	none := strings.Contains(said, "is not associated")
	switch {
	case b.Stealers == nil && status == http.StatusNotFound && none:
		return breach.NotFound, nil
	case b.Stealers == nil, !none && strings.Contains(said, "is associated") && len(*b.Stealers) == 0:
		return breach.Malformed, nil
	case len(*b.Stealers) == 0:
		return breach.NotFound, nil
	case status != http.StatusOK:
		return breach.Malformed, nil
	}
	var hits []breach.Hit
	for _, e := range *b.Stealers {
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
