package check

import (
	"testing"

	"unlisted/assets"
	"unlisted/checks/breach"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// What a source found alarms; of what may only be, no more than what the person
// surely had there.
func TestToneOfLeaks(t *testing.T) {
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		certainty breach.Certainty
		had       breach.Had
		want      kit.Tone
	}{
		{breach.Confirmed, breach.HadUnknown, kit.Danger},
		{breach.Confirmed, breach.HadYes, kit.Danger},
		{breach.Possible, breach.HadYes, kit.Warning},
		{breach.Possible, breach.HadUnknown, kit.Neutral},
		{breach.Possible, breach.HadLater, kit.Neutral},
	} {
		n := breach.Named{Had: x.had, Certainty: x.certainty}
		if got := leakItem(c.Printer("en"), n); got.Tone != x.want {
			t.Errorf("%s, had %s: tone %d, want %d", x.certainty, x.had, got.Tone, x.want)
		}
	}
}
