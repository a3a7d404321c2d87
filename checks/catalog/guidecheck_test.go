package catalog_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"unlisted/assets"
	"unlisted/checks/catalog"
	"unlisted/checks/text"
)

// printers gives a printer for each language of the program.
func printers(t testing.TB) []*text.Printer {
	t.Helper()
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	return []*text.Printer{texts.Printer("en"), texts.Printer("fr")}
}

// Every guide that is written holds to the full standard. A draft that does too
// is no draft any more: the list of drafts only shrinks.
func TestWrittenGuidesHoldToTheStandard(t *testing.T) {
	c, p := load(t), printers(t)
	files, err := fs.Glob(assets.Sub("guides"), "*.json")
	if err != nil || len(files) < 60 {
		t.Fatalf("%d guides, %v", len(files), err)
	}
	drafts := 0
	for _, f := range files {
		if strings.HasSuffix(f, ".schema.json") {
			continue
		}
		raw, err := fs.ReadFile(assets.Sub("guides"), f)
		if err != nil {
			t.Fatal(err)
		}
		wrong := c.CheckGuide(f, raw, p...)
		platform, _ := c.ByID(strings.TrimSuffix(f, ".json"))
		switch {
		case !platform.Guide.Draft:
			for _, e := range wrong {
				t.Error(e)
			}
		case len(wrong) < 2:
			t.Errorf("%s is marked as a draft and nothing else is wrong with it", f)
		default:
			drafts++
		}
	}
	t.Logf("%d of %d guides are drafts", drafts, len(files)-1)
}

// What a guide says of a number comes to one rating.
func TestExitRatingIsComputed(t *testing.T) {
	sure := func(value string) catalog.Fact { return catalog.Fact{Value: value, Confidence: "secondary"} }
	unsure := func(value string) catalog.Fact { return catalog.Fact{Value: value, Confidence: "unverified"} }
	for _, c := range []struct {
		held, out catalog.Fact
		want      catalog.ExitRating
	}{
		{sure("never"), catalog.Fact{}, catalog.ExitNoNumber},
		{unsure("never"), catalog.Fact{}, catalog.ExitUnknown},
		{sure("never"), sure("yes"), catalog.ExitNoNumber},
		{sure("optional"), sure("yes"), catalog.ExitRemovable},
		{sure("phone-or-email"), sure("once-app-is-on"), catalog.ExitAfterApp},
		{sure("required"), sure("only-replaced"), catalog.ExitReplaceOnly},
		{sure("required"), sure("no"), catalog.ExitForced},
		{sure("required-for"), sure("no"), catalog.ExitForcedFallback},
		{sure("optional"), sure("no"), catalog.ExitForcedFallback},
		{sure("required"), unsure("no"), catalog.ExitUnknown},
		{sure("required"), catalog.Fact{}, catalog.ExitUnknown},
		{catalog.Fact{}, catalog.Fact{}, catalog.ExitUnknown},
	} {
		g := catalog.Guide{Facts: map[string]catalog.Fact{"number-held": c.held, "number-removable": c.out}}
		if got, _ := g.Exit(); got != c.want {
			t.Errorf("held %q, removable %q: %s, want %s", c.held.Value, c.out.Value, got, c.want)
		}
	}
}

// good is a guide without a mistake, as a tree to change.
func good(t testing.TB) map[string]any {
	t.Helper()
	raw, err := os.ReadFile("testdata/good.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// the gives a part of a guide by keys, positions and kinds of step.
func the(doc any, keys ...any) map[string]any {
	for _, k := range keys {
		switch k := k.(type) {
		case int:
			doc = doc.([]any)[k]
		case catalog.StepKind:
			doc = doc.([]any)[slices.IndexFunc(doc.([]any), func(s any) bool { return s.(map[string]any)["kind"] == string(k) })]
		default:
			doc = doc.(map[string]any)[k.(string)]
		}
	}
	return doc.(map[string]any)
}

func without(doc map[string]any, kind catalog.StepKind) {
	doc["steps"] = slices.DeleteFunc(doc["steps"].([]any), func(s any) bool { return s.(map[string]any)["kind"] == string(kind) })
}

func both(s string) map[string]any { return map[string]any{"en": s, "fr": s} }

func wrongIn(t testing.TB, c *catalog.Catalog, id string, doc map[string]any) string {
	t.Helper()
	raw, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range c.CheckGuide(id+".json", raw, printers(t)...) {
		out = append(out, e.Error())
	}
	return strings.Join(out, "\n")
}

// A guide that contradicts itself, or leaves something out, is refused with its
// place; the same guide without that is not.
func TestContradictionsAreRefused(t *testing.T) {
	c := load(t)
	if wrong := wrongIn(t, c, "dropbox.com", good(t)); wrong != "" {
		t.Fatalf("the good guide: %s", wrong)
	}
	type doc = map[string]any
	step := func(d doc, k catalog.StepKind) doc { return the(d, "steps", k) }
	for name, x := range map[string]struct {
		change func(d doc)
		want   string
	}{
		"needs a number beside another method": {func(d doc) { the(d, "facts", "number-for-second-factor")["is"] = "yes" }, "number-for-second-factor.why"},
		"an app and no step that ends SMS":     {func(d doc) { without(d, catalog.StepRemove2FA) }, `neither a step "remove-2fa"`},
		"a removal where nothing is held": {func(d doc) {
			the(d, "facts", "number-held")["is"] = "never"
			delete(d, "uses")
		}, "no number is held there"},
		"a use of a number nobody holds": {func(d doc) { the(d, "facts", "number-held")["is"] = "never" }, "a use of it is told"},
		"a removal where it must stay":   {func(d doc) { the(d, "facts", "number-removable")["is"] = "only-replaced" }, "cannot be taken out"},
		"codes where there are none":     {func(d doc) { the(d, "facts", "recovery-codes")["is"] = "no" }, "save-codes"},
		"a passkey where there is none":  {func(d doc) { the(d, "facts", "passkey")["is"] = "never" }, "add-passkey"},
		"gone where it must stay": {func(d doc) {
			the(d, "facts", "number-removable")["is"] = "no"
			the(d, "steps", catalog.StepVerify)["see"] = doc{"en": "The number is gone.", "fr": "Le numéro n’y figure plus."}
		}, "has to stay"},
		"a sentence that repeats its title": {func(d doc) { step(d, catalog.StepAddApp)["say"] = both("Add an authenticator app.") }, "only repeats"},
		"a path of another action": {func(d doc) {
			step(d, catalog.StepAddPasskey)["path"] = step(d, catalog.StepAddApp)["path"]
		}, "the same as of"},
		"a sentence of another action": {func(d doc) { step(d, catalog.StepAds)["say"] = step(d, catalog.StepLookup)["say"] }, "the same sentence"},
		"a question around a sourced step": {func(d doc) {
			step(d, catalog.StepAddApp)["ask-person"] = doc{"en": "Is there an app?", "fr": "Y a-t-il une application ?"}
		}, "a question around"},
		"a step that is only unconfirmed": {func(d doc) { step(d, catalog.StepAddApp)["unconfirmed"] = true }, "it is a question"},
		"a statement as a question": {func(d doc) {
			step(d, catalog.StepWrite)["ask-person"] = both("Look.")
			delete(step(d, catalog.StepWrite), "sources")
		}, "no question"},
		"a link in another language":       {func(d doc) { step(d, catalog.StepSee)["link"] = "https://www.dropbox.com/fr/account" }, `"fr"`},
		"a link of another country":        {func(d doc) { step(d, catalog.StepSee)["link"] = "https://www.dropbox.com/en-za/account" }, `"en-za"`},
		"a link that chooses the language": {func(d doc) { step(d, catalog.StepSee)["link"] = "https://www.dropbox.com/account?hl=ja" }, `"ja"`},
		"a host of another country":        {func(d doc) { step(d, catalog.StepSee)["link"] = "https://www.dropbox.fr/account" }, `".fr"`},
		"a link without encryption":        {func(d doc) { step(d, catalog.StepSee)["link"] = "http://www.dropbox.com/account" }, "https"},
		"a step without a sentence":        {func(d doc) { delete(step(d, catalog.StepSee), "say") }, "the sentence is missing"},
		"a change without what to see":     {func(d doc) { delete(step(d, catalog.StepRemove), "see") }, "what should the person see"},
		"a translation missing":            {func(d doc) { delete(the(step(d, catalog.StepSee), "say"), "fr") }, "say.fr (see): it is missing"},
		"a translation missing in a fact":  {func(d doc) { delete(the(d, "facts", "number-removable", "why"), "fr") }, "number-removable.why.fr"},
		"French without its spaces":        {func(d doc) { the(step(d, catalog.StepSee), "say")["fr"] = "Lisez ceci: le numéro affiché ici." }, "U+202F"},
		"French with a straight quote": {func(d doc) {
			the(step(d, catalog.StepSee), "say")["fr"] = "Lisez le numéro de l'écran, ou son absence."
		}, "U+202F"},
		"a form letter": {func(d doc) {
			the(step(d, catalog.StepSee), "say")["en"] = "Open your account settings and find the number there."
		}, "nothing of this platform"},
		"a mailbox on the street": {func(d doc) {
			the(step(d, catalog.StepSee), "say")["fr"] = "Regardez la boîte aux lettres de votre compte."
		}, "nothing of this platform"},
		"a source nobody needs": {func(d doc) {
			the(d, "sources")["spare"] = doc{"url": "https://a.example", "title": "A", "seen": "2026-01-01", "quote": "A sentence."}
		}, "nothing rests on it"},
		"a source without its sentence": {func(d doc) { delete(the(d, "sources", "help"), "quote") }, "sources.help.quote"},
		"a source seen in some month":   {func(d doc) { the(d, "sources", "help")["seen"] = "2026-11" }, "sources.help.seen"},
		"an action passed over":         {func(d doc) { without(d, catalog.StepContacts) }, `nothing about "delete-contacts"`},
		"leaving passed over":           {func(d doc) { delete(d, "leave") }, `nothing about "delete"`},
		"a fact passed over":            {func(d doc) { delete(the(d, "facts"), "passkey") }, `"passkey" is not told`},
		"two labels in one":             {func(d doc) { step(d, catalog.StepSee)["path"] = doc{"en": []any{"Settings > Account"}} }, "one label an item"},
		"a draft":                       {func(d doc) { d["draft"] = true }, "a draft"},
	} {
		d := good(t)
		x.change(d)
		if wrong := wrongIn(t, c, "dropbox.com", d); !strings.Contains(wrong, x.want) || !strings.Contains(wrong, "dropbox.com.json: line ") {
			t.Errorf("%s: %q; want %q", name, wrong, x.want)
		}
	}
	if wrong := wrongIn(t, c, "uber.com", good(t)); !strings.Contains(wrong, "cannot be deleted") {
		t.Errorf("an account that cannot be deleted: %q", wrong)
	}
}
