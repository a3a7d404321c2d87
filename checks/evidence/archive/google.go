package archive

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// googleArchive imports the account parts of Google Takeout: SubscriberInfo and
// ChangeHistory of the folder Google Account, the profile, and what Chrome
// fills in. Mail in it is the mailbox importer's; contacts are never read.
type googleArchive struct{}

var _ evidence.Importer = googleArchive{}

// Format implements evidence.Importer.
func (googleArchive) Format() evidence.Format {
	return evidence.Format{ID: "google-archive", Family: "archive", Site: "google.com", Tree: true}
}

// googlePart tells a member of Takeout by its name; folders and most names are
// in the person's language, these are not, or have one form a language.
func googlePart(name string) string {
	b := base(name)
	switch {
	case strings.Contains(b, "subscriberinfo") && strings.HasSuffix(b, ".html"):
		return "subscriber"
	case strings.Contains(b, "changehistory") && strings.HasSuffix(b, ".html"):
		return "changes"
	case b == "archive_browser.html":
		return "index"
	case slices.Contains([]string{"profile.json", "profil.json", "perfil.json", "profilo.json", "profiel.json"}, b):
		return "profile"
	case b == "autofill.json", b == "addresses and more.json":
		return "autofill"
	}
	return ""
}

// Recognise implements evidence.Importer.
func (googleArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	for _, f := range in.Files {
		part := googlePart(f)
		if part == "" {
			continue
		}
		head := deepOpening(in, f)
		inTakeout := strings.Contains("/"+strings.ToLower(f), "/takeout/")
		switch {
		case part == "subscriber" && hasAny(head, "<li", "google"),
			part == "changes" && strings.Contains(head, "<"),
			part == "index" && strings.Contains(head, "google"):
			return evidence.Sure
		case part == "autofill" && hasAny(head, `"autofill"`, `"autofill profile"`):
			return evidence.Sure
		case part == "profile" && inTakeout && hasAny(head, `"emails"`, `"displayname"`):
			return evidence.Sure
		}
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (googleArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	g := &googleAccount{platform: platform{site: "google.com", out: out}}
	for _, f := range in.Files {
		var err error
		switch googlePart(f) {
		case "subscriber":
			err = pairs(ctx, in, f, out, g.subscriber)
		case "changes":
			err = g.changes(ctx, in, f)
		case "profile":
			err = document(ctx, in, f, out, g.profile)
		case "autofill":
			err = document(ctx, in, f, out, g.autofill)
		}
		if err != nil {
			return err
		}
	}
	g.account("", g.created)
	return nil
}

type googleAccount struct {
	platform
	created time.Time
}

// googleAlternate are the labels of further addresses one can sign in with.
var googleAlternate = regexp.MustCompile(`alternat|secondaire|secundari|secondari`)

// googleMain is the label of the account's address, in the languages seen.
var googleMain = regexp.MustCompile(
	`^(e ?mail|adresse e ?mail|e ?mail adresse|correo electrónico|indirizzo e ?mail|endereço de e ?mail|e ?mailadres)$`,
)

// maxServices bounds how many of Google's own services are named.
const maxServices = 100

// subscriber reads one line of SubscriberInfo. Labels are partly in the person's
// language: of one that is not known only the shape of the value counts.
func (g *googleAccount) subscriber(label, value string) {
	label = plain(label)
	switch {
	case label == "created on":
		g.created = when(value)
	case label == "services":
		for i, s := range strings.Split(value, ",") {
			if i < maxServices && !nothing(s) {
				g.part(evidence.Clean(strings.TrimSpace(s)), time.Time{})
			}
		}
	case twoStepWords.MatchString(label):
		for _, id := range identifiers(value, g.number, true) {
			if id.IsNumber() {
				g.secondFactor(id)
				g.shows(evidence.Confirmed, id, evidence.PurposeSecondFactor, time.Time{})
			}
		}
	case recoveryWords.MatchString(label):
		g.hold(g.platform, value, evidence.PurposeRecovery, phoneWords.MatchString(label))
	case googleMain.MatchString(label):
		g.mine(value)
	case googleAlternate.MatchString(label):
		g.hold(g.platform, value, evidence.PurposeSignIn, false)
	case phoneWords.MatchString(label):
		g.hold(g.platform, value, evidence.PurposeProfile, true)
	case label == "contact e mail":
		g.hold(g.platform, value, evidence.PurposeProfile, false)
	default:
		g.hold(g.likely(), value, evidence.PurposeProfile, false)
	}
}

// mine reads the account's own address, which is the person's as well.
func (g *googleAccount) mine(value string) {
	for _, id := range identifiers(value, g.number, false) {
		g.shows(evidence.Confirmed, id, evidence.PurposeSignIn, time.Time{})
		g.own(id, evidence.Likely)
	}
}

func (g *googleAccount) hold(p platform, value string, why evidence.Purpose, national bool) {
	for _, id := range identifiers(value, g.number, national) {
		p.shows(evidence.Confirmed, id, why, time.Time{})
	}
}

// changes reads the table of changes: old and new recovery addresses and
// numbers, with the day.
func (g *googleAccount) changes(ctx context.Context, in evidence.Input, name string) error {
	var cells []string
	line := -1
	flush := func() {
		g.change(cells)
		cells = cells[:0]
	}
	err := blocks(ctx, in, name, g.out, func(b block) {
		if b.row != line {
			flush()
			line = b.row
			g.out.Item()
		}
		if len(cells) < maxValues {
			cells = append(cells, b.text)
		}
	})
	flush()
	return err
}

func (g *googleAccount) change(cells []string) {
	why, at := evidence.PurposeUnknown, time.Time{}
	if what := plain(strings.Join(cells, " ")); recoveryWords.MatchString(what) {
		why = evidence.PurposeRecovery
	} else if twoStepWords.MatchString(what) {
		why = evidence.PurposeSecondFactor
	}
	for _, c := range cells {
		if t := when(c); at.IsZero() && !t.IsZero() {
			at = t
		}
	}
	p := g.likely()
	for _, c := range cells {
		for _, id := range identifiers(c, g.number, false) {
			p.shows(evidence.Confirmed, id, why, at)
		}
	}
}

func (g *googleAccount) profile(v any) {
	for _, e := range items(object(v)["emails"]) {
		g.holds(text(object(e)["value"]), evidence.PurposeProfile, time.Time{})
	}
	for _, n := range items(pick(object(v), "phoneNumbers", "phones")) {
		g.holds(scalar(object(n)["value"]), evidence.PurposeProfile, time.Time{})
	}
}

// often is how many times something was typed before it is likely one's own: a
// friend's address is filled in too.
const often = 3

// autofill proposes what Chrome fills in. It says what the person typed, not
// what Google holds for the account.
func (g *googleAccount) autofill(v any) {
	for _, e := range items(pick(object(v), "Autofill Profile", "Autofill profile")) {
		leaves(e, "", func(keys, value string) { g.filled(keys, value, evidence.Likely) })
	}
	for _, e := range items(object(v)["Autofill"]) {
		o := object(e)
		if len(items(o["usage_timestamp"])) >= often {
			g.filled(text(o["name"]), text(o["value"]), evidence.Possible)
		}
	}
}

func (g *googleAccount) filled(label, value string, c evidence.Confidence) {
	label = plain(label)
	phone := phoneWords.MatchString(label)
	if !phone && !mailWords.MatchString(label) || peopleWords.MatchString(label) {
		return
	}
	if ids := identifiers(value, g.number, phone); len(ids) == 1 && ids[0].Kind != identifier.KindUnplaced {
		g.own(ids[0], c)
	}
}
