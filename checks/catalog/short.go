package catalog

import "slices"

// Steps returns the platform's own guide, or a short one put together from the
// facts at hand: nobody has walked it, so what touches the sign-in is
// "unverified" and shown as a question.
func (p *Platform) Steps() []Step {
	if p.Guide != nil {
		return p.withSecond(slices.Concat(p.Guide.Steps, p.Guide.Leave))
	}
	var out []Step
	add := func(k StepKind, link string) *Step {
		out = append(out, Step{Kind: k, Control: Control{Link: link}, Sources: p.Sources, Confidence: "unverified"})
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
	return p.withSecond(append(out, p.asides()...))
}

// withSecond adds the step of a second device to steps that set up an app or a
// passkey, or take a number out, and do not state it themselves: app and
// passkey lie on one phone. Where there are codes to save, or a way back that
// needs nothing of the phone, it is optional. It is advice of this program, not
// a fact about the platform, and so has no source.
func (p *Platform) withSecond(steps []Step) []Step {
	has := func(kinds ...StepKind) bool {
		return slices.ContainsFunc(steps, func(s Step) bool { return slices.Contains(kinds, s.Kind) })
	}
	if has(StepSecond) || !has(append(Removals(), StepAddApp, StepAddPasskey)...) {
		return steps
	}
	second := Step{Kind: StepSecond, Confidence: "official", Optional: has(StepCodes) || p.OtherWayBack()}
	after := slices.Index(order, StepSecond)
	at := slices.IndexFunc(steps, func(s Step) bool { return slices.Index(order, s.Kind) > after })
	if at < 0 {
		at = len(steps)
	}
	return slices.Insert(slices.Clone(steps), at, second)
}

// OtherWayBack reports whether the guide states, with a source that confirms
// it, a way to recover an account that needs nothing which is lost with a
// phone or a number, and more than one thing that a second factor would be
// asked for beside.
func (p *Platform) OtherWayBack() bool {
	if p.Guide == nil {
		return false
	}
	return slices.ContainsFunc(p.Guide.Ways, func(w Way) bool {
		if !w.Recovery || w.Confidence == "unverified" || !slices.Contains(w.Needs, "identity") {
			return false
		}
		return !slices.ContainsFunc(
			w.Needs,
			func(n string) bool { return n != "identity" && n != "password" && n != "mailbox" },
		)
	})
}

// asides are what the data sets know to do there besides the switch.
func (p *Platform) asides() []Step {
	var out []Step
	add := func(k StepKind, link, where, hint string) {
		s := Step{
			Kind:       k,
			Control:    Control{Link: link},
			Hint:       hint,
			Optional:   true,
			Sources:    p.Sources,
			Confidence: "secondary",
		}
		if where != "" {
			s.Path = map[string][]string{"en": {where}}
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
	return p.Exit != ExitNoNumber &&
		(p.NumberIsID || p.Guide != nil && len(p.Guide.Uses) > 0 || p.Offers("sms", "call"))
}

// KeepsNumber reports whether an account there has to have a number, by its
// exit rating or because the number is the account.
func (p *Platform) KeepsNumber() bool {
	return p.NumberIsID || slices.Contains([]ExitRating{ExitForced, ExitReplaceOnly, ExitForcedFallback}, p.Exit)
}
