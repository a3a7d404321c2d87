package authenticator

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"unlisted/checks/evidence"
)

// backup is the backup of one app: JSON told by its keys, or a binary form told
// by its first bytes. Plain and encrypted are the same format to the person.
type backup struct {
	id     string
	marks  [][]string // any of these lists of paths, all of whose keys are there
	read   func(context.Context, *evidence.Document, string, evidence.Sink) error
	binary *binaryForm
}

// binaryForm is a form that is no JSON; it is read whole, within bounds.
type binaryForm struct {
	fits func(evidence.Input) evidence.Certainty
	read func(context.Context, []byte, string, evidence.Sink) error
}

var _ evidence.Importer = backup{}

// backups lists the apps. Sources: each app's own export code, and the
// importers of Aegis and Ente Auth, which read most of the others.
var backups = []backup{
	{id: "aegis", read: readAegis, marks: [][]string{{"header.slots", "header.params", "db"}}},
	{
		id:   "2fas",
		read: readTwoFAS,
		marks: [][]string{
			{"servicesEncrypted"},
			{"services", "schemaVersion"},
			{"services[].otp", "services[].secret"},
		},
	},
	{id: "ente-auth", read: readEnte, marks: [][]string{{"kdfParams.memLimit", "encryptedData"}}},
	{
		id:    "proton-authenticator",
		read:  readProton,
		marks: [][]string{{"version", "entries[].content.uri"}, protonSealed},
	},
	{
		id:    "lastpass-authenticator",
		read:  readLastPass,
		marks: [][]string{{"accounts[].issuerName", "accounts[].userName", "accounts[].timeStep"}},
	},
	{
		id:     "freeotp",
		read:   readFreeOTPPlus,
		marks:  [][]string{{"tokens", "tokenOrder"}},
		binary: &binaryForm{fitsFreeOTP, readFreeOTP},
	},
	{
		id:     "stratum",
		read:   readStratum,
		marks:  [][]string{{"Authenticators[].Issuer", "Authenticators[].Type"}},
		binary: &binaryForm{fitsStratum, readStratumSealed},
	},
	{
		id:    "raivo",
		read:  readList[raivoEntry],
		marks: [][]string{{"[].issuer", "[].account", "[].kind", "[].timer"}},
	},
	{
		id:     "andotp",
		read:   readList[andOTPEntry],
		marks:  [][]string{{"[].secret", "[].label", "[].type", "[].digits"}},
		binary: &binaryForm{fitsAndOTP, readAndOTPSealed},
	},
}

// protonSealed are the keys of Proton's encrypted backup: everyday words, so
// that they have to be all there is.
var protonSealed = []string{"version", "salt", "content"}

// Format implements evidence.Importer.
func (b backup) Format() evidence.Format { return evidence.Format{ID: b.id, Family: family} }

// Recognise implements evidence.Importer.
func (b backup) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if b.binary != nil {
		if c := b.binary.fits(in); c > evidence.No {
			return c
		}
	}
	head := narrow(in.Head)
	if !slices.ContainsFunc(b.marks, func(paths []string) bool { return mentions(head, paths) }) {
		return evidence.No // most files: the keys are not in there at all
	}
	o := outlineOf(evidence.HeadText(head))
	for _, paths := range b.marks {
		if !o.has(paths) || slices.Equal(paths, protonSealed) && (len(o) != len(paths) || o["salt"] != '"') {
			continue
		}
		return evidence.Sure
	}
	return evidence.No
}

// narrow is a head in UTF-8 where it may be UTF-16; others stay as they are.
func narrow(head []byte) []byte {
	if bytes.IndexByte(head, 0) < 0 {
		return head
	}
	return []byte(evidence.HeadText(head))
}

// mentions reports whether every key is somewhere in a head.
func mentions(head []byte, paths []string) bool {
	return !slices.ContainsFunc(paths, func(p string) bool {
		return !bytes.Contains(head, []byte(`"`+p[strings.LastIndexAny(p, ".]")+1:]+`"`))
	})
}

// Read implements evidence.Importer.
func (b backup) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	if b.binary != nil && b.binary.fits(in) > evidence.No {
		data, err := whole(ctx, in, out)
		if err != nil {
			return err
		}
		return b.binary.read(ctx, data, in.Label, out)
	}
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	return b.read(ctx, evidence.NewDocument(ctx, evidence.Counted(ctx, f, out)), in.Label, out)
}

// readList reads a file that is an array of entries.
func readList[T interface{ entry() entry }](
	_ context.Context,
	doc *evidence.Document,
	_ string,
	out evidence.Sink,
) error {
	return entries[T](doc, out)
}

// within reads an object whose entries are under one key.
func within[T interface{ entry() entry }](doc *evidence.Document, key string, out evidence.Sink) error {
	return doc.Object(func(k string) error {
		if k == key {
			return entries[T](doc, out)
		}
		return doc.Skip()
	})
}

type raivoEntry struct {
	Issuer  string `json:"issuer"`
	Account string `json:"account"`
	Kind    string `json:"kind"`
}

func (v raivoEntry) entry() entry {
	return entry{issuer: v.Issuer, account: v.Account, kind: v.Kind}
}

// andOTPEntry is also what GNOME Authenticator writes.
type andOTPEntry struct {
	Issuer   *string `json:"issuer"`
	Label    string  `json:"label"`
	Type     string  `json:"type"`
	LastUsed int64   `json:"last_used"`
}

// entry reads the label of old versions, which had no issuer, as
// "issuer - account".
func (v andOTPEntry) entry() entry {
	e := entry{account: v.Label, kind: v.Type, used: millis(v.LastUsed)}
	if v.Issuer != nil {
		e.issuer = *v.Issuer
		return e
	}
	if issuer, account, found := strings.Cut(v.Label, " - "); found {
		e.issuer, e.account = issuer, account
	} else {
		e.issuer, e.account = splitLabel(v.Label)
	}
	return e
}

type lastPassEntry struct {
	Issuer   string `json:"issuerName"`
	Original string `json:"originalIssuerName"`
	User     string `json:"userName"`
	Created  int64  `json:"creationTimestamp"`
}

// entry prefers the issuer the site gave over what the person renamed it to.
func (v lastPassEntry) entry() entry {
	return entry{issuer: firstOf(v.Original, v.Issuer), account: v.User, created: millis(v.Created)}
}

func readLastPass(_ context.Context, doc *evidence.Document, _ string, out evidence.Sink) error {
	return within[lastPassEntry](doc, "accounts", out)
}

type freeOTPEntry struct {
	External string `json:"issuerExt"`
	Internal string `json:"issuerInt"`
	Label    string `json:"label"`
	Type     string `json:"type"`
}

func (v freeOTPEntry) entry() entry {
	return entry{issuer: firstOf(v.External, v.Internal), account: v.Label, kind: v.Type}
}

func readFreeOTPPlus(_ context.Context, doc *evidence.Document, _ string, out evidence.Sink) error {
	return within[freeOTPEntry](doc, "tokens", out)
}

// stratumSteam is Stratum's number for a Steam entry.
const stratumSteam = 4

type stratumEntry struct {
	Type     int
	Issuer   string
	Username string
}

func (v stratumEntry) entry() entry {
	e := entry{issuer: v.Issuer, account: v.Username}
	if v.Type == stratumSteam {
		e.kind = "steam"
	}
	return e
}

func readStratum(_ context.Context, doc *evidence.Document, _ string, out evidence.Sink) error {
	return within[stratumEntry](doc, "Authenticators", out)
}
