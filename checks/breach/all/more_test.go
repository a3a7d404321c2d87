package all_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/breach"
	"unlisted/checks/breach/fake"
	"unlisted/checks/breach/hibp"
	"unlisted/checks/breach/hudsonrock"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/breach/pwned/offline"
	"unlisted/checks/breach/xposedornot"
	"unlisted/checks/outbound"
	"unlisted/checks/text"
)

// Everything a person is told of a source is there in every language.
func TestTexts(t *testing.T) {
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	d := open(t)
	infos := []breach.Info{pwned.New(d.client, time.Now).Info()}
	for _, s := range d.sources {
		infos = append(infos, s.Info())
	}
	var keys []string
	for _, i := range infos {
		for _, part := range []string{"name", "who", "sends", "cost", "limits", "cannot", "credit"} {
			keys = append(keys, "source."+i.ID+"."+part)
		}
		keys = append(keys, "ledger."+i.Purpose())
	}
	keys = append(keys, "ledger."+hibp.LatestID, "check.kind."+string(breach.HitPaste), "check.kind."+string(breach.HitStealer))
	for _, l := range breach.Links() {
		keys = append(keys, l.Reason, l.Reason+".name")
	}
	for _, k := range []breach.Certainty{breach.Confirmed, breach.Reported, breach.Possible} {
		keys = append(keys, "leak.certainty."+string(k))
	}
	for _, k := range []string{"none", "silent", "nothing", "hidden", "found"} {
		keys = append(keys, "source.summary."+k)
	}
	for _, lang := range c.Languages() {
		p := c.Printer(lang)
		for _, k := range keys {
			if got := p.T(k); strings.HasPrefix(got, "[") {
				t.Errorf("%s: %s is missing", lang, k)
			}
		}
		for _, err := range []error{offline.ErrNTLM, offline.ErrFormat, offline.ErrUnsorted, offline.ErrDamaged, offline.ErrIncomplete, offline.ErrUnreadable} {
			if m := p.Sentence(fmt.Errorf("opening: %w", err)); m.What == "" || m.Todo == "" || m.What == p.Sentence(errors.New("x")).What {
				t.Errorf("%s: %v: %+v", lang, err, m)
			}
		}
	}
}

// A device is told so that its owner knows it again; what was masked is not
// kept at all.
func TestDevices(t *testing.T) {
	d := open(t)
	r := d.ask(d.source(hudsonrock.ID), email(t, "pat@mail.example"))
	if h := r.Hits[0]; h.Kind != breach.HitStealer || h.Title != "RedLine" || h.Device != "HOME-PC · Windows 10 Pro" || h.Count != 43 || h.Date.Format(time.DateOnly) != "2023-05-17" {
		t.Errorf("%+v", h)
	}
	if h := r.Hits[1]; h.Title != "Infostealer" || h.Device != "" || h.Count != 7 || !h.Date.IsZero() {
		t.Errorf("with little known: %+v", h)
	}
}

// More of what was found is one more request; if it fails, what was found stays.
func TestDetail(t *testing.T) {
	d := open(t)
	s := d.source(xposedornot.ID).(*xposedornot.Source)
	ctx, yes := context.Background(), outbound.Yes(xposedornot.ID)
	plain := d.ask(s, email(t, "pat@mail.example"))
	rich := s.Detail(ctx, yes, plain)
	if h := rich.Hits[0]; h.Name != "Adobe" || h.Date.Year() != 2021 || h.Domain != "adobe.example" || h.Count != 5_000_000_000 || !h.Unverified || fmt.Sprint(h.Data) != "[Email addresses Phone numbers]" {
		t.Errorf("%+v", h)
	}
	if !plain.Hits[0].Date.IsZero() || rich.Outcome != breach.Found {
		t.Error("the first answer was changed")
	}
	for _, f := range fake.Faults() {
		d.server.Fail(f)
		if r := s.Detail(ctx, yes, plain); r.Outcome != breach.Found || len(r.Hits) != 2 || !r.Hits[0].Date.IsZero() {
			t.Errorf("%s: %+v", f, r)
		}
	}
	d.server.Fail(fake.OK)
	n := len(d.server.Requests())
	for _, r := range []breach.Result{{}, {Source: xposedornot.ID, Outcome: breach.NotFound}, {Source: hibp.ID, Outcome: breach.Found}} {
		s.Detail(ctx, yes, r)
	}
	if s.Detail(ctx, outbound.Consent{}, plain); len(d.server.Requests()) != n {
		t.Error("asked about what was not found, or without a yes")
	}
}

// The newest breach shows whether the catalogue is out of date. No key and
// nothing about the person leaves for it.
func TestLatest(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }
	ctx, yes := context.Background(), outbound.Yes(hibp.LatestID)
	d := open(t)
	b, o := hibp.Latest(ctx, d.client, yes, now)
	if _, known := catalogue(t).ByName(b.Name); o != breach.Found || b.Name != "ZZZ-Newest" || b.Count != 1957476021 || b.Added.IsZero() || known {
		t.Errorf("%+v, %s", b, o)
	}
	for _, f := range fake.Faults() {
		d := open(t)
		d.server.Fail(f)
		if b, o := hibp.Latest(ctx, d.client, yes, now); o.Answered() || o == breach.NotChecked || b.Name != "" {
			t.Errorf("%s: %+v, %s", f, b, o)
		}
	}
	d = open(t)
	if _, o := hibp.Latest(ctx, d.client, outbound.Consent{}, now); o != breach.NotChecked || len(d.server.Requests()) != 0 {
		t.Errorf("without a yes: %s", o)
	}
}

// HIBP's three questions share one key and so one limit; a refusal of the one
// holds for all.
func TestSharedLimit(t *testing.T) {
	d, sent := behind(t, raw(404, "", ""), func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) })
	n := 0
	for range 5 {
		for _, id := range []string{hibp.ID, hibp.PastesID, hibp.StealerID} {
			if r := d.ask(d.source(id), email(t, "pat@mail.example")); r.Outcome == breach.RateLimited {
				n++
			}
		}
	}
	if len(sent.all()) != 9 || n != 15-8 { // one of the nine asked what the key may do
		t.Errorf("%d requests, %d refused", len(sent.all()), n)
	}
}

// A source that lets us wait has not answered.
func TestSlow(t *testing.T) {
	for _, f := range []fake.Fault{fake.Slow, fake.SlowBody} {
		for n := range open(t).sources {
			d := open(t)
			d.server.Fail(f)
			s := d.sources[n]
			ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
			if r := s.LookUp(ctx, outbound.Yes(s.Info().Purpose()), email(t, "pat@mail.example")); r.Outcome != breach.Unavailable {
				t.Errorf("%s: %s says %s", f, s.Info().ID, r.Outcome)
			}
			cancel()
		}
	}
}
