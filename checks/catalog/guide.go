package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"unlisted/checks/datafile"
)

// order is the safe order of step kinds; a guide may leave kinds out but never
// swaps them.
var order = []StepKind{
	StepSee, StepEmail, StepAddApp, StepAddPasskey, StepAddPIN, StepCodes, StepSecond, StepTest, StepRemove2FA, StepRemove,
	StepChange, StepLookup, StepContacts, StepAds, StepVerify, StepDownload, StepDelete, StepWrite,
}

// Kinds lists the kinds of step in the safe order.
func Kinds() []StepKind { return slices.Clone(order) }

// guideFile is guides/<id>.json: readable and writable by hand.
type guideFile struct {
	Reviewed string              `json:"reviewed"` // YYYY-MM-DD
	Uses     map[string]factFile `json:"uses"`
	Facts    map[string]factFile `json:"facts"`
	Ways     []struct {
		Needs    []string     `json:"needs"`
		Recovery bool         `json:"recovery"`
		Sources  []sourceFile `json:"sources"`
	} `json:"ways"`
	Risks []struct {
		Text    map[string]string `json:"text"`
		Sources []sourceFile      `json:"sources"`
	} `json:"risks"`
	Help  string `json:"help"` // where to ask a human, or the platform's own recovery page
	Steps []struct {
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
	if err := datafile.Decode("guides/"+file, raw, &g); err != nil {
		return nil, err
	}
	r := guideReader{file, raw}
	out := &Guide{Reviewed: statedDate(g.Reviewed), Help: g.Help}
	if out.Reviewed.IsZero() {
		return nil, r.wrong("reviewed: the day somebody went through it is missing", "reviewed")
	}
	if !https(g.Help) {
		return nil, r.wrong("help: the link must be https", "help")
	}
	var err error
	if out.Uses, err = r.facts("uses", g.Uses, func(name, value string) bool { return slices.Contains(Purposes(), name) && value == "yes" }); err != nil {
		return nil, err
	}
	if out.Facts, err = r.facts("facts", g.Facts, func(name, value string) bool { return slices.Contains(factValues[name], value) }); err != nil {
		return nil, err
	}
	if err := errors.Join(r.ways(&g, out), r.risks(&g, out), r.steps(&g, out)); err != nil {
		return nil, err
	}
	return out, nil
}

// guideReader checks one guide; a mistake names file and line.
type guideReader struct {
	file string
	raw  []byte
}

// wrong says what is wrong at the place that the keys lead to, one after the
// other.
func (r guideReader) wrong(what string, keys ...string) error {
	return guideError(r.file, "line %d: %s", lineOf(r.raw, keys...), what)
}

func (r guideReader) ways(g *guideFile, out *Guide) error {
	for i, w := range g.Ways {
		at := append([]string{"ways"}, slices.Repeat([]string{"needs"}, i+1)...)
		if len(w.Needs) == 0 || slices.ContainsFunc(w.Needs, func(n string) bool { return !slices.Contains(Needs(), n) }) {
			return r.wrong(fmt.Sprintf("way %d: %q: unknown means, or none", i+1, w.Needs), at...)
		}
		refs, weakest, err := sourcesOf(w.Sources)
		if err != nil {
			return r.wrong(fmt.Sprintf("way %d: %v", i+1, err), at...)
		}
		out.Ways = append(out.Ways, Way{w.Needs, w.Recovery, refs, weakest})
	}
	return nil
}

func (r guideReader) risks(g *guideFile, out *Guide) error {
	for i, risk := range g.Risks {
		at := append([]string{"risks"}, slices.Repeat([]string{"text"}, i+1)...)
		if !said(risk.Text) {
			return r.wrong(fmt.Sprintf("risk %d: it needs English", i+1), at...)
		}
		refs, weakest, err := sourcesOf(risk.Sources)
		if err != nil {
			return r.wrong(fmt.Sprintf("risk %d: %v", i+1, err), at...)
		}
		out.Risks = append(out.Risks, Risk{risk.Text, refs, weakest})
	}
	return nil
}

func (r guideReader) steps(g *guideFile, out *Guide) error {
	last := -1
	for i, s := range g.Steps {
		wrong := func(format string, args ...any) error {
			return r.wrong(fmt.Sprintf("step %q: ", s.Kind)+fmt.Sprintf(format, args...), append([]string{"steps"}, slices.Repeat([]string{"kind"}, i+1)...)...)
		}
		at := slices.Index(order, s.Kind)
		if at <= last {
			return wrong("unknown, twice, or before its turn")
		}
		last = at
		if s.Notes != nil && !said(s.Notes) {
			return wrong("a note needs English")
		}
		step := Step{Kind: s.Kind, Link: s.Link, Notes: s.Notes, Optional: s.Optional}
		if s.Path != "" {
			step.Path = strings.Split(s.Path, " > ")
		}
		if !https(s.Link) {
			return wrong("the link must be https")
		}
		var err error
		if step.Sources, step.Confidence, err = sourcesOf(s.Sources); err != nil {
			return wrong("%v", err)
		}
		for _, ref := range step.Sources {
			if !ref.Checked.IsZero() && (out.Checked.IsZero() || ref.Checked.Before(out.Checked)) {
				out.Checked = ref.Checked
			}
		}
		out.Steps = append(out.Steps, step)
	}
	if len(out.Steps) == 0 {
		return r.wrong("no steps", "steps")
	}
	return nil
}

func (r guideReader) facts(section string, in map[string]factFile, known func(name, value string) bool) (map[string]Fact, error) {
	out := map[string]Fact{}
	for _, name := range slices.Sorted(maps.Keys(in)) {
		f := in[name]
		if !known(name, f.Value) {
			return nil, r.wrong(fmt.Sprintf("%q: %q: unknown fact or value", name, f.Value), section, name)
		}
		refs, weakest, err := sourcesOf(f.Sources)
		if err != nil {
			return nil, r.wrong(fmt.Sprintf("%s: %v", name, err), section, name)
		}
		out[name] = Fact{f.Value, refs, weakest}
	}
	return out, nil
}

// sourcesOf reads sources and the weakest confidence among them.
func sourcesOf(in []sourceFile) ([]SourceRef, string, error) {
	if len(in) == 0 {
		return nil, "", errors.New("no source")
	}
	weakest := confidences[0]
	var out []SourceRef
	for _, src := range in {
		if src.URL == "" || !https(src.URL) || !slices.Contains(confidences, src.Confidence) {
			return nil, "", errors.New("a source needs an https address and a confidence")
		}
		weakest = weaker(weakest, src.Confidence)
		ref := SourceRef{URL: src.URL, Title: src.Title, Checked: statedDate(src.Checked), Confidence: src.Confidence}
		if src.Checked != "" && ref.Checked.IsZero() {
			return nil, "", fmt.Errorf("date %q", src.Checked)
		}
		out = append(out, ref)
	}
	return out, weakest, nil
}

// https reports whether a link may be shown: https, or none at all.
func https(link string) bool {
	u, err := url.Parse(link)
	return link == "" || err == nil && u.Scheme == "https" && u.Host != ""
}

// lineOf is the line of the place that the quoted words lead to, one after the
// other; the last line that could be found where one is missing.
func lineOf(raw []byte, words ...string) int {
	at := 0
	for _, w := range words {
		i := bytes.Index(raw[at:], []byte(strconv.Quote(w)))
		if i < 0 {
			break
		}
		at += i + 1
	}
	return datafile.Line(raw, int64(at))
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
