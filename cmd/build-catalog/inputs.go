package main

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
)

// The shapes of the input files; only what is carried over is read.

type rec2FA struct {
	Name              string   `json:"name"`
	Domain            string   `json:"domain"`
	AdditionalDomains []string `json:"additional_domains"`
	Methods           []string `json:"methods"`
	Documentation     string   `json:"documentation"`
	Recovery          string   `json:"recovery"`
	Categories        []string `json:"categories"`
	Regions           []string `json:"regions"`
	Updated           string   `json:"updated"`
}

type recPasskey struct {
	Name              string   `json:"name"`
	Domain            string   `json:"domain"`
	AdditionalDomains []string `json:"additional_domains"`
	Passwordless      string   `json:"passwordless"`
	MFA               string   `json:"mfa"`
	Documentation     string   `json:"documentation"`
	Recovery          string   `json:"recovery"`
	Categories        []string `json:"categories"`
	Regions           []string `json:"regions"`
	Updated           string   `json:"updated"`
}

type recVerified struct {
	Name   string `json:"name"`
	Domain string `json:"domain"`
	Status string `json:"status"`
	Manage string `json:"manage"`
}

type recEndpoint struct {
	Domain string `json:"domain"`
	Manage string `json:"manage"`
}

type recLink struct {
	Name         string   `json:"name"`
	Domains      []string `json:"domains"`
	URL          string   `json:"url"`
	Difficulty   string   `json:"difficulty"`
	Email        string   `json:"email"`
	HomepageOnly bool     `json:"homepage_only"`
	Updated      string   `json:"updated"`
}

type recContact struct {
	Name       string   `json:"name"`
	Domains    []string `json:"domains"`
	Web        string   `json:"web"`
	Email      string   `json:"email"`
	Webform    string   `json:"webform"`
	Address    string   `json:"address"`
	Runs       []string `json:"runs"`
	Categories []string `json:"categories"`
	Updated    string   `json:"updated"`
}

type recPassword struct {
	Domain string `json:"domain"`
	URL    string `json:"url"`
}

type recShared struct {
	Shared    [][]string `json:"shared"`
	Redirects []struct {
		From     []string `json:"from"`
		To       []string `json:"to"`
		Obsolete bool     `json:"obsolete"` // the old domain is no longer used
	} `json:"redirects"`
}

type recFacts struct {
	Platforms []recFact `json:"platforms"`
}

type recFact struct {
	Name           string              `json:"name"`
	Domain         string              `json:"domain"`
	Domains        []string            `json:"domains"`
	PhoneRequired  string              `json:"phone_required"`
	PhoneRemovable string              `json:"phone_removable"`
	Methods        []string            `json:"methods"`
	NeededFor2FA   *bool               `json:"phone_needed_for_2fa"`
	FieldSources   map[string][]string `json:"field_sources"`
	Links          map[string]string   `json:"links"`
	Confidence     map[string]string   `json:"confidence"`
	LastSourceDate string              `json:"last_source_date"`
	Sources        []factSource        `json:"sources"`
}

type factSource struct {
	URL   string `json:"url"`
	Title string `json:"title"`
	Kind  string `json:"kind"`
	Date  string `json:"date"`
}

// recPlatform is a platform that many people have and no data set knows. Only
// that it exists is said; its own site is the source.
type recPlatform struct {
	Name       string   `json:"name"`
	Domain     string   `json:"domain"`
	Domains    []string `json:"domains"`
	Aliases    []string `json:"aliases"`
	Categories []string `json:"categories"`
}

type decisions struct {
	Platforms       []recPlatform       `json:"platforms"`
	Families        map[string][]string `json:"families"`
	Mailboxes       []string            `json:"mailboxes"`
	Carriers        []string            `json:"carriers"`
	NumberIsAccount []string            `json:"number_is_account"`
	Aliases         map[string][]string `json:"aliases"`
	Software        map[string]string   `json:"software"`    // record that lists who uses a software -> why it names none of them
	LegalForms      []string            `json:"legal_forms"` // ends of company names
	Apps            map[string]string   `json:"apps"`
}

// inputs is everything the builder reads.
type inputs struct {
	twoFA     []rec2FA
	passkeys  []recPasskey
	verified  []recVerified
	endpoints []recEndpoint
	delete    []recLink
	getData   []recLink
	contacts  []recContact
	passwords []recPassword
	shared    recShared
	facts     recFacts
	decisions decisions
}

func readInputs(dir string, decided []byte) (*inputs, error) {
	in := &inputs{}
	for name, to := range map[string]any{
		"2fa": &in.twoFA, "passkeys": &in.passkeys, "passkeys-verified": &in.verified, "passkey-endpoints": &in.endpoints,
		"delete": &in.delete, "getdata": &in.getData, "gdpr-contacts": &in.contacts, "change-password": &in.passwords,
		"shared-credentials": &in.shared, "platform-facts": &in.facts,
	} {
		b, err := os.ReadFile(filepath.Join(dir, name+".json"))
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(b, to); err != nil {
			return nil, fmt.Errorf("%s.json: %w", name, err)
		}
	}
	in.unescape()
	if err := json.Unmarshal(decided, &in.decisions); err != nil {
		return nil, fmt.Errorf("decisions.json: %w", err)
	}
	return in, nil
}

// unescape undoes what is left of web pages in names: "&Auml;rzte".
func (in *inputs) unescape() {
	plain := func(name *string) { *name = strings.Join(strings.Fields(html.UnescapeString(*name)), " ") }
	for i := range in.twoFA {
		plain(&in.twoFA[i].Name)
	}
	for i := range in.passkeys {
		plain(&in.passkeys[i].Name)
	}
	for i := range in.verified {
		plain(&in.verified[i].Name)
	}
	for _, list := range [][]recLink{in.delete, in.getData} {
		for i := range list {
			plain(&list[i].Name)
		}
	}
	for i := range in.contacts {
		plain(&in.contacts[i].Name)
		for n := range in.contacts[i].Runs {
			plain(&in.contacts[i].Runs[n])
		}
	}
}
