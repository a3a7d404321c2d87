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

// guideFile is guides/<id>.json, written by hand; assets/guides/README.md says
// how, guide.schema.json says it to editors.
type guideFile struct {
	Schema        string                  `json:"$schema"`
	Draft         bool                    `json:"draft"`
	Reviewed      string                  `json:"reviewed"` // YYYY-MM-DD
	OfficialHosts []officialHost          `json:"official-hosts"`
	Sources       map[string]statedSource `json:"sources"`
	Facts         map[string]factFile     `json:"facts"`
	Uses          map[string]claimFile    `json:"uses"`
	Channels      map[string]claimFile    `json:"channels"`
	Preconditions []preconditionFile      `json:"preconditions"`
	Ways          []wayFile               `json:"ways"`
	Risks         []riskFile              `json:"risks"`
	Help          string                  `json:"help"` // where to ask a human, or the platform's own recovery page
	Steps         []stepFile              `json:"steps"`
	Absent        []absentFile            `json:"absent"`
	Leave         []stepFile              `json:"leave"`
}

// officialHost is a host that is the platform's own although its domains do not
// tell, such as that of who runs it.
type officialHost struct {
	Host string `json:"host"`
	Why  string `json:"why"`
}

type statedSource struct {
	URL   string `json:"url"`
	Title string `json:"title"`
	Seen  string `json:"seen"`  // YYYY-MM-DD
	Quote string `json:"quote"` // the sentence relied on
}

// claimFile is what rests on sources, by their ids.
type claimFile struct {
	Sources     []string `json:"sources"`
	Unconfirmed bool     `json:"unconfirmed"` // the sources do not settle it: the person is asked
}

type factFile struct {
	claimFile
	Is    string            `json:"is"`
	For   []string          `json:"for"`
	Since string            `json:"since"` // YYYY-MM-DD, YYYY-MM or YYYY
	Why   map[string]string `json:"why"`
}

type preconditionFile struct {
	claimFile
	Before StepKind          `json:"before"`
	Needs  []StepKind        `json:"needs"`
	Days   int               `json:"days"`
	Why    map[string]string `json:"why"`
}

type wayFile struct {
	claimFile
	Needs    []string `json:"needs"`
	Recovery bool     `json:"recovery"`
}

type riskFile struct {
	claimFile
	Text map[string]string `json:"text"`
}

type absentFile struct {
	claimFile
	Kind StepKind          `json:"kind"`
	Why  map[string]string `json:"why"`
}

type controlFile struct {
	Say  map[string]string   `json:"say"`
	Path map[string][]string `json:"path"`
	Link string              `json:"link"`
}

type stepFile struct {
	claimFile
	controlFile
	Kind      StepKind          `json:"kind"`
	Title     map[string]string `json:"title"`
	Optional  bool              `json:"optional"`
	Web       *controlFile      `json:"web"`
	App       *controlFile      `json:"app"`
	Asks      []string          `json:"asks"`
	See       map[string]string `json:"see"`
	Wrong     []wrongFile       `json:"wrong"`
	Back      map[string]string `json:"back"`
	Minutes   int               `json:"minutes"`
	AskPerson map[string]string `json:"ask-person"`
}

type wrongFile struct {
	When map[string]string `json:"when"`
	Do   map[string]string `json:"do"`
}

// loadGuides reads every guide and refuses the whole set over one mistake: a
// wrong step can lock somebody out.
func (c *Catalog) loadGuides(guides fs.FS) error {
	files, err := fs.Glob(guides, "*.json")
	if err != nil {
		return err
	}
	for _, f := range files {
		if strings.HasSuffix(f, ".schema.json") {
			continue
		}
		raw, err := fs.ReadFile(guides, f)
		if err != nil {
			return err
		}
		p, ok := c.ByID(strings.TrimSuffix(f, ".json"))
		if !ok {
			return guideError(f, "no such platform in the catalogue")
		}
		if p.Guide, err = parseGuide(f, raw, p); err != nil {
			return err
		}
		if rating, fact := p.Guide.Exit(); rating != ExitUnknown {
			p.Exit, p.ExitSources = rating, fact.Sources
		}
	}
	return nil
}

func parseGuide(file string, raw []byte, p *Platform) (*Guide, error) {
	r := guideReader{file: file, raw: raw, own: slices.Clone(p.Domains)}
	return r.guide()
}

func (r *guideReader) guide() (*Guide, error) {
	if err := datafile.Decode("guides/"+r.file, r.raw, &r.in); err != nil {
		return nil, err
	}
	g := &Guide{Reviewed: statedDate(r.in.Reviewed), Draft: r.in.Draft, Help: r.in.Help}
	if g.Reviewed.IsZero() {
		r.wrong("reviewed", "the day somebody went through it is missing")
	}
	r.link("help", g.Help)
	r.hosts()
	g.Facts = r.facts()
	g.Uses = r.named("uses", r.in.Uses, Purposes())
	g.Channels = r.named("channels", r.in.Channels, Channels())
	r.ways(g)
	r.risks(g)
	g.Steps = r.steps("steps", r.in.Steps)
	g.Leave = r.steps("leave", r.in.Leave)
	if len(g.Steps) == 0 {
		r.wrong("steps", "no steps")
	}
	r.absent(g)
	r.preconditions(g)
	for _, s := range g.Steps {
		for _, ref := range s.Sources {
			if !ref.Checked.IsZero() && (g.Checked.IsZero() || ref.Checked.Before(g.Checked)) {
				g.Checked = ref.Checked
			}
		}
	}
	return g, errors.Join(r.errs...)
}

// guideReader reads one guide; a mistake names file, line and field.
type guideReader struct {
	file  string
	raw   []byte
	in    guideFile
	own   []string // hosts that speak for the platform
	lines map[string]int
	errs  []error
}

// wrong notes a mistake at a place, such as "steps[2].say.fr".
func (r *guideReader) wrong(place, format string, args ...any) {
	if r.lines == nil {
		r.lines = datafile.Lines(r.raw)
	}
	line, at := 0, place
	for line = r.lines[at]; line == 0 && at != ""; line = r.lines[at] {
		at = at[:max(0, strings.LastIndexAny(at, ".["))]
	}
	r.errs = append(
		r.errs,
		guideError(r.file, "line %d: %s%s: %s", max(1, line), place, r.kind(place), fmt.Sprintf(format, args...)),
	)
}

// kind names the kind of step at a place, " (add-app)"; "" for other places.
func (r *guideReader) kind(place string) string {
	for i, s := range r.in.Steps {
		if at := fmt.Sprintf("steps[%d]", i); place == at || strings.HasPrefix(place, at+".") {
			return " (" + string(s.Kind) + ")"
		}
	}
	return ""
}

// link checks that an address may be shown.
func (r *guideReader) link(place, address string) {
	if !https(address) {
		r.wrong(place, "the link must be https")
	}
}

// words checks a text, where there is one: English is never missing.
func (r *guideReader) words(place string, texts map[string]string) {
	if texts != nil && !said(texts) {
		r.wrong(place, "it needs English, and no language may be empty")
	}
}

func (r *guideReader) hosts() {
	for i, h := range r.in.OfficialHosts {
		if h.Why == "" || !strings.Contains(h.Host, ".") || strings.Contains(h.Host, "://") {
			r.wrong(
				fmt.Sprintf("official-hosts[%d]", i),
				"it needs a host, without https://, and the reason why it is the platform's own",
			)
		}
		r.own = append(r.own, h.Host)
	}
	for _, id := range slices.Sorted(maps.Keys(r.in.Sources)) {
		place, s := "sources."+id, r.in.Sources[id]
		if s.URL == "" || !https(s.URL) {
			r.wrong(place, "a source needs an https address")
		}
		if statedDate(s.Seen).IsZero() && (s.Seen != "" || !r.in.Draft) {
			r.wrong(place+".seen", "%q: the day it was seen, as YYYY-MM-DD", s.Seen)
		}
	}
}

// claim reads what a claim rests on and the weakest confidence among it; a look
// holds for some months.
func (r *guideReader) claim(place string, c claimFile, months int) (refs []SourceRef, confidence string) {
	confidence = confidences[0]
	for i, id := range c.Sources {
		s, ok := r.in.Sources[id]
		if !ok {
			r.wrong(fmt.Sprintf("%s.sources[%d]", place, i), "%q: no such source in this file", id)
			continue
		}
		ref := SourceRef{
			URL:     s.URL,
			Title:   s.Title,
			Checked: statedDate(s.Seen),
			Quote:   s.Quote,
			Class:   classOf(s.URL, r.own),
		}
		if ref.Confidence = ref.Class.confidence(); !ref.Checked.IsZero() {
			ref.Recheck = ref.Checked.AddDate(0, months, 0)
		}
		confidence = weaker(confidence, ref.Confidence)
		refs = append(refs, ref)
	}
	if c.Unconfirmed {
		confidence = "unverified"
	}
	return refs, confidence
}

// sourced is claim where a source is a must.
func (r *guideReader) sourced(place string, c claimFile) ([]SourceRef, string) {
	if len(c.Sources) == 0 {
		r.wrong(place, "no source")
	}
	return r.claim(place, c, policyMonths)
}

func (r *guideReader) facts() map[string]Fact {
	out := map[string]Fact{}
	for _, name := range slices.Sorted(maps.Keys(r.in.Facts)) {
		f, place := r.in.Facts[name], "facts."+name
		if !slices.Contains(factValues[name], f.Is) {
			r.wrong(place, "%q: unknown fact or value; known are %q", f.Is, factValues[name])
		}
		r.words(place+".why", f.Why)
		if (f.Is == "required-for") != (len(f.For) > 0) ||
			slices.ContainsFunc(f.For, func(p string) bool { return !slices.Contains(requiredFor, p) }) {
			r.wrong(place+".for", "%q: what it is required for, of %q", f.For, requiredFor)
		}
		since := statedDate(f.Since)
		if (f.Is == "withdrawn-since") == since.IsZero() {
			r.wrong(place+".since", "%q: the date since when codes by SMS are withdrawn", f.Since)
		}
		refs, sure := r.sourced(place, f.claimFile)
		out[name] = Fact{f.Is, f.For, since, f.Why, refs, sure}
	}
	return out
}

// requiredFor is what alone may need a number; "required.<name>" is the word.
var requiredFor = []string{
	"second-factor",
	"recovery",
	"selling",
	"paying",
	"messaging",
	"age-check",
	"new-device",
	"developers",
	"some-sign-ups",
}

// named reads claims that are there or not, by name.
func (r *guideReader) named(section string, in map[string]claimFile, known []string) map[string]Fact {
	out := map[string]Fact{}
	for _, name := range slices.Sorted(maps.Keys(in)) {
		place := section + "." + name
		if !slices.Contains(known, name) {
			r.wrong(place, "unknown; known are %q", known)
		}
		refs, sure := r.sourced(place, in[name])
		out[name] = Fact{Value: "yes", Sources: refs, Confidence: sure}
	}
	return out
}

func (r *guideReader) ways(out *Guide) {
	for i, w := range r.in.Ways {
		place := fmt.Sprintf("ways[%d]", i)
		if len(w.Needs) == 0 ||
			slices.ContainsFunc(w.Needs, func(n string) bool { return !slices.Contains(Needs(), n) }) {
			r.wrong(place+".needs", "%q: unknown means, or none; known are %q", w.Needs, Needs())
		}
		refs, sure := r.sourced(place, w.claimFile)
		out.Ways = append(out.Ways, Way{w.Needs, w.Recovery, refs, sure})
	}
}

func (r *guideReader) risks(out *Guide) {
	for i, risk := range r.in.Risks {
		place := fmt.Sprintf("risks[%d]", i)
		if !said(risk.Text) {
			r.wrong(place+".text", "it needs English, and no language may be empty")
		}
		refs, sure := r.sourced(place, risk.claimFile)
		out.Risks = append(out.Risks, Risk{risk.Text, refs, sure})
	}
}

func (r *guideReader) absent(out *Guide) {
	for i, a := range r.in.Absent {
		place := fmt.Sprintf("absent[%d]", i)
		if _, twice := out.Away(a.Kind); twice || !slices.Contains(order, a.Kind) {
			r.wrong(place+".kind", "%q: unknown, or twice", a.Kind)
		}
		if !said(a.Why) {
			r.wrong(place+".why", "it needs English, and no language may be empty")
		}
		if slices.ContainsFunc(slices.Concat(out.Steps, out.Leave), func(s Step) bool { return s.Kind == a.Kind }) {
			r.wrong(place+".kind", "%q: there is a step for it, too", a.Kind)
		}
		refs, sure := r.sourced(place, a.claimFile)
		out.Absent = append(out.Absent, Absent{a.Kind, a.Why, refs, sure})
	}
}

// preconditions reads what has to come first: steps of this guide that stand
// before the one that waits for them.
func (r *guideReader) preconditions(out *Guide) {
	at := func(k StepKind) int { return slices.IndexFunc(out.Steps, func(s Step) bool { return s.Kind == k }) }
	for i, c := range r.in.Preconditions {
		place := fmt.Sprintf("preconditions[%d]", i)
		before := at(c.Before)
		if before < 0 || len(c.Needs) == 0 ||
			slices.ContainsFunc(c.Needs, func(k StepKind) bool { return at(k) < 0 || at(k) >= before }) {
			r.wrong(place, "%q needs %q: steps of this guide, and each stands before it", c.Before, c.Needs)
		}
		if c.Days < 0 || c.Days > 90 {
			r.wrong(place+".days", "%d: days to wait, at most 90", c.Days)
		}
		if !said(c.Why) {
			r.wrong(place+".why", "it needs English, and no language may be empty")
		}
		refs, sure := r.sourced(place, c.claimFile)
		out.Preconditions = append(out.Preconditions, Precondition{c.Before, c.Needs, c.Days, c.Why, refs, sure})
	}
}

// ownAdvice are the kinds of step that this program asks for itself: what they say
// is no fact about the platform and needs no source.
var ownAdvice = []StepKind{StepSecond, StepTest, StepVerify}

func (r *guideReader) steps(section string, in []stepFile) (out []Step) {
	last := -1
	for i, s := range in {
		place := fmt.Sprintf("%s[%d]", section, i)
		at := slices.Index(order, s.Kind)
		if at <= last {
			r.wrong(place+".kind", "%q: unknown, twice, or before its turn", s.Kind)
		}
		last = max(last, at)
		if (s.Kind == StepDelete) != (section == "leave") {
			r.wrong(
				place+".kind",
				"%q: the deletion of the account, and nothing else, stands under \"leave\"",
				s.Kind,
			)
		}
		out = append(out, r.step(place, s))
	}
	return out
}

func (r *guideReader) step(place string, s stepFile) Step {
	out := Step{
		Kind: s.Kind, Title: s.Title, Control: r.control(place, &s.controlFile), Asks: s.Asks, See: s.See, Back: s.Back,
		Minutes: s.Minutes, AskPerson: s.AskPerson, Optional: s.Optional,
	}
	for name, variant := range map[string]*controlFile{".web": s.Web, ".app": s.App} {
		if variant == nil {
			continue
		}
		c := r.control(place+name, variant)
		if name == ".web" {
			out.Web = &c
		} else {
			out.App = &c
		}
	}
	r.words(place+".title", s.Title)
	r.words(place+".see", s.See)
	r.words(place+".back", s.Back)
	r.words(place+".ask-person", s.AskPerson)
	for i, w := range s.Wrong {
		if !said(w.When) || !said(w.Do) {
			r.wrong(fmt.Sprintf("%s.wrong[%d]", place, i), "it needs \"when\" and \"do\", both in English")
		}
		out.Wrong = append(out.Wrong, Wrong(w))
	}
	for i, a := range s.Asks {
		if !slices.Contains(Asks(), a) {
			r.wrong(fmt.Sprintf("%s.asks[%d]", place, i), "%q: unknown; known are %q", a, Asks())
		}
	}
	if s.Minutes < 0 || s.Minutes > 240 {
		r.wrong(place+".minutes", "%d: minutes, at most 240", s.Minutes)
	}
	if len(s.Sources) == 0 && s.AskPerson == nil && !slices.Contains(ownAdvice, s.Kind) {
		r.wrong(place, "no source")
	}
	s.Unconfirmed = s.Unconfirmed || s.AskPerson != nil
	out.Sources, out.Confidence = r.claim(place, s.claimFile, menuMonths)
	return out
}

func (r *guideReader) control(place string, c *controlFile) Control {
	r.words(place+".say", c.Say)
	r.link(place+".link", c.Link)
	if c.Path != nil && len(c.Path["en"]) == 0 {
		r.wrong(place+".path", "it needs the English labels")
	}
	for lang, labels := range c.Path {
		for i, label := range labels {
			if label == "" || label != strings.TrimSpace(label) {
				r.wrong(
					fmt.Sprintf("%s.path.%s[%d]", place, lang, i),
					"%q: a label is empty or has spaces around it",
					label,
				)
			}
		}
	}
	return Control{c.Say, c.Path, c.Link}
}

// sourceFile is a source as the files of incidents, carriers and authenticators
// state it.
type sourceFile struct {
	URL        string `json:"url"`
	Title      string `json:"title"`
	Checked    string `json:"checked"` // YYYY, YYYY-MM or YYYY-MM-DD as stated; "" for an undated page
	Confidence string `json:"confidence"`
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
		ref := SourceRef{
			URL:        src.URL,
			Title:      src.Title,
			Checked:    statedDate(src.Checked),
			Confidence: src.Confidence,
		}
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
