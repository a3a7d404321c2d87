package catalog

import "slices"

// Steps returns the platform's own guide, or a short one put together from the
// facts at hand: nobody has walked it, so what touches the sign-in is
// "unverified" and shown as a question.
func (p *Platform) Steps() []Step {
	if p.Guide != nil {
		return p.Guide.Steps
	}
	var out []Step
	add := func(k StepKind, link string) *Step {
		out = append(out, Step{Kind: k, Link: link, Sources: p.Sources, Confidence: "unverified"})
		return &out[len(out)-1]
	}
	add(StepSee, "")
	app, key := p.Offers("totp"), p.Offers("passkey", "u2f")
	if app {
		add(StepAddApp, p.TwoFactorDoc)
	}
	if key {
		link := p.Passkey.Manage
		if link == "" {
			link = p.TwoFactorDoc
		}
		add(StepAddPasskey, link).Optional = app
	}
	if app || key {
		add(StepCodes, p.RecoveryDoc)
		add(StepTest, "")
		if p.Exit == ExitRemovable || p.Exit == ExitAfterApp || p.Exit == ExitUnknown {
			add(StepRemove, "")
		}
		add(StepVerify, "")
	}
	return append(out, p.asides()...)
}

// asides are what the data sets know to do there besides the switch.
func (p *Platform) asides() []Step {
	var out []Step
	add := func(k StepKind, link, where, hint string) {
		s := Step{Kind: k, Link: link, Hint: hint, Optional: true, Sources: p.Sources, Confidence: "secondary"}
		if where != "" {
			s.Path = []string{where}
		}
		out = append(out, s)
	}
	if p.GetData.URL != "" || p.GetData.Email != "" {
		add(StepDownload, p.GetData.URL, p.GetData.Email, difficulty(p.GetData))
	}
	if p.Delete.URL != "" || p.Delete.Email != "" {
		add(StepDelete, p.Delete.URL, p.Delete.Email, difficulty(p.Delete))
	}
	if c := p.Contact; c.Email != "" || c.Webform != "" {
		add(StepWrite, c.Webform, c.Email, "")
	}
	return out
}

// difficulty is the text key that says how hard a thing is there.
func difficulty(l Link) string {
	if l.Difficulty == "" {
		return ""
	}
	return "difficulty." + l.Difficulty
}

// Offers reports whether one of the methods is known to be there.
func (p *Platform) Offers(methods ...string) bool {
	return slices.ContainsFunc(methods, func(m string) bool { return slices.Contains(p.Methods, m) })
}

// HoldsNumber reports whether the platform is known to use a number: as the
// account itself, for a purpose its guide names, or for codes.
func (p *Platform) HoldsNumber() bool {
	return p.NumberIsID || p.Guide != nil && len(p.Guide.Uses) > 0 || p.Offers("sms", "call")
}
