package main

import (
	"strings"
	"testing"
)

// What nobody knows is said to be not known, with the names that are near; the
// facts of another platform are never shown in its place.
func TestUnknownPlatform(t *testing.T) {
	w := newWorld(t)
	for query, near := range map[string]string{"facebok": "Facebook (facebook.com)", "somebody-new.atlassian.net": "(atlassian.com)", "qqqqzzzz": ""} {
		for _, lang := range []string{"en", "fr"} {
			code, out, said := w.run("--lang", lang, "platform", query)
			if code != 1 || out != "" || !strings.Contains(said, query) || !strings.Contains(said, near) || strings.Contains(said, "1.") {
				t.Errorf("%s: platform %s: %d\n%s\n%s", lang, query, code, out, said)
			}
		}
	}
}
