package catalog_test

import (
	"io/fs"
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
