package catalog

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"time"
)

// order is the safe order of step kinds; a guide may leave kinds out but never
// swaps them.
var order = []StepKind{
	StepSee, StepEmail, StepAddApp, StepAddPasskey, StepAddPIN, StepCodes, StepTest, StepRemove2FA, StepRemove,
	StepChange, StepLookup, StepContacts, StepAds, StepVerify, StepDownload, StepDelete, StepWrite,
}

// Kinds lists the kinds of step in the safe order.
func Kinds() []StepKind { return slices.Clone(order) }

// guideFile is guides/<id>.json: readable and writable by hand.
type guideFile struct {
	Reviewed string              `json:"reviewed"` // YYYY-MM-DD
	Uses     map[string]factFile `json:"uses"`
	Facts    map[string]factFile `json:"facts"`
	Steps    []struct {
		Kind     StepKind          `json:"kind"`
		Path     string            `json:"path"` // the platform's own labels, " > " between them
		Link     string            `json:"link"`
		Notes    map[string]string `json:"notes"`
		Optional bool              `json:"optional"`
		Sources  []sourceFile      `json:"sources"`
	} `json:"steps"`
}

type factFile struct {
	Value   string       `json:"value"`
	Sources []sourceFile `json:"sources"`
}

type sourceFile struct {
	URL        string `json:"url"`
	Title      string `json:"title"`
	Checked    string `json:"checked"` // YYYY, YYYY-MM or YYYY-MM-DD as stated; "" for an undated page
	Confidence string `json:"confidence"`
}

// loadGuides reads every guide and refuses the whole set over one mistake: a
// wrong step can lock somebody out.
func (c *Catalog) loadGuides(guides fs.FS) error {
	files, err := fs.Glob(guides, "*.json")
	if err != nil {
		return err
	}
	for _, f := range files {
		raw, err := fs.ReadFile(guides, f)
		if err != nil {
			return err
		}
		p, ok := c.ByID(strings.TrimSuffix(f, ".json"))
		if !ok {
			return guideError(f, "no such platform in the catalogue")
		}
		if p.Guide, err = parseGuide(f, raw); err != nil {
			return err
		}
	}
	return nil
}

func parseGuide(file string, raw []byte) (*Guide, error) {
	var g guideFile
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&g); err != nil {
		return nil, guideError(file, "line %d: %v", lineAt(raw, d.InputOffset()), err)
	}
	out := &Guide{Reviewed: statedDate(g.Reviewed)}
	if out.Reviewed.IsZero() {
		return nil, guideError(file, "reviewed: the day somebody went through it is missing")
	}
	var err error
	if out.Uses, err = facts(file, g.Uses, func(name, value string) bool { return slices.Contains(Purposes(), name) && value == "yes" }); err != nil {
		return nil, err
	}
	if out.Facts, err = facts(file, g.Facts, func(name, value string) bool { return slices.Contains(factValues[name], value) }); err != nil {
		return nil, err
	}
	last := -1
	for i, s := range g.Steps {
		at := slices.Index(order, s.Kind)
		if at <= last {
			return nil, guideError(file, "step %d, %q: unknown, twice, or before its turn", i+1, s.Kind)
		}
		last = at
		if s.Notes != nil && (s.Notes["en"] == "" || s.Notes["fr"] == "") {
			return nil, guideError(file, "step %q: a note needs English and French", s.Kind)
		}
		step := Step{Kind: s.Kind, Link: s.Link, Notes: s.Notes, Optional: s.Optional}
		if s.Path != "" {
			step.Path = strings.Split(s.Path, " > ")
		}
		if u, err := url.Parse(s.Link); err != nil || s.Link != "" && u.Scheme != "https" {
			return nil, guideError(file, "step %q: the link must be https", s.Kind)
		}
		if step.Sources, step.Confidence, err = sourcesOf(file, "step "+string(s.Kind), s.Sources); err != nil {
			return nil, err
		}
		for _, ref := range step.Sources {
			if !ref.Checked.IsZero() && (out.Checked.IsZero() || ref.Checked.Before(out.Checked)) {
				out.Checked = ref.Checked
			}
		}
		out.Steps = append(out.Steps, step)
	}
	if len(out.Steps) == 0 {
		return nil, guideError(file, "no steps")
	}
	return out, nil
}

func facts(file string, in map[string]factFile, known func(name, value string) bool) (map[string]Fact, error) {
	out := map[string]Fact{}
	for name, f := range in {
		if !known(name, f.Value) {
			return nil, guideError(file, "%q: %q: unknown fact or value", name, f.Value)
		}
		refs, weakest, err := sourcesOf(file, name, f.Sources)
		if err != nil {
			return nil, err
		}
		out[name] = Fact{f.Value, refs, weakest}
	}
	return out, nil
}

// sourcesOf reads the sources of what and the weakest confidence among them.
func sourcesOf(file, what string, in []sourceFile) ([]SourceRef, string, error) {
	if len(in) == 0 {
		return nil, "", guideError(file, "%s has no source", what)
	}
	weakest := confidences[0]
	var out []SourceRef
	for _, src := range in {
		if u, err := url.Parse(src.URL); !slices.Contains(confidences, src.Confidence) || err != nil || u.Scheme != "https" {
			return nil, "", guideError(file, "%s: a source needs an https address and a confidence", what)
		}
		weakest = weaker(weakest, src.Confidence)
		ref := SourceRef{URL: src.URL, Title: src.Title, Checked: statedDate(src.Checked), Confidence: src.Confidence}
		if src.Checked != "" && ref.Checked.IsZero() {
			return nil, "", guideError(file, "%s: date %q", what, src.Checked)
		}
		out = append(out, ref)
	}
	return out, weakest, nil
}

// lineAt is the line of a place in a file, for people who edit it.
func lineAt(raw []byte, offset int64) int {
	return 1 + bytes.Count(raw[:min(int64(len(raw)), offset)], []byte("\n"))
}

// confidences, surest first.
var confidences = []string{"official", "secondary", "unverified"}

func weaker(a, b string) string {
	if slices.Index(confidences, b) > slices.Index(confidences, a) {
		return b
	}
	return a
}

func statedDate(s string) time.Time {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
