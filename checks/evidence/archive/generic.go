package archive

import (
	"context"
	"io"
	"io/fs"
	"regexp"
	"strings"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// Generic imports archives and folders that none of the others claims. Nobody
// says whose they are, so it proves no account: it only proposes addresses and
// numbers that stand alone beside a label as the person's own, for the person to
// confirm. A column or key with several values describes many people and
// proposes nothing.
func Generic(others []evidence.Importer) evidence.Importer { return generic{others} }

type generic struct{ others []evidence.Importer }

var _ evidence.Importer = generic{}

// Limits of an archive nobody knows.
const (
	maxGeneric     = 5000 // tables, documents and pages; as many are no export
	maxGenericRead = 200  // of them that are read
	maxGenericKeys = 2000 // labels in one of them
)

// genericLabel is what a label has to contain, in the languages seen.
var genericLabel = regexp.MustCompile(
	`e ?mail|mail address|adresse|correo|phone|mobile|msisdn|telefon|téléphone|teléfono|handy|recovery|alternate`,
)

// projects are files of programs and web sites, which name their authors.
var projects = []string{
	"package.json",
	"go.mod",
	"cargo.toml",
	"composer.json",
	"pyproject.toml",
	"pom.xml",
	"tsconfig.json",
	"manifest.webmanifest",
	"workbook.xml",
}

// roles are the mailboxes of companies, not of people.
var roles = regexp.MustCompile(
	`^(no-?reply|do-?not-?reply|info|support|contact|help|hello|privacy|dpo|abuse|postmaster|admin|service|sales|press|legal|security)@`,
)

// Format implements evidence.Importer.
func (generic) Format() evidence.Format {
	return evidence.Format{ID: "generic-archive", Family: "archive", Tree: true}
}

// Recognise implements evidence.Importer.
func (g generic) Recognise(ctx context.Context, in evidence.Input) evidence.Certainty {
	members := genericMembers(in)
	if len(members) == 0 || len(in.Find(projects...)) > 0 {
		return evidence.No
	}
	for _, o := range g.others {
		if o.Format().Tree && o.Recognise(ctx, in) > evidence.No {
			return evidence.No
		}
	}
	sure := evidence.No
	for _, f := range members[:min(len(members), maxGenericRead)] {
		switch by := g.claimant(ctx, in, f); {
		case ctx.Err() != nil,
			by != nil && by.Format().Family == "archive": // a known archive that is told by one of its files
			return evidence.No
		case by == nil && sure == evidence.No && genericPlausible(f, opening(in, f)):
			sure = evidence.Maybe
		}
	}
	return sure
}

// genericMembers are the tables, documents and pages that are not about other
// people; none where there are too many for an export.
func genericMembers(in evidence.Input) []string {
	var out []string
	n := 0
	for _, f := range in.Files {
		if !isJSON(f) && !isCSV(f) && !isPage(f) {
			continue
		}
		if n++; n >= maxGeneric {
			return nil
		}
		if !peopleFiles.MatchString(plain(f)) {
			out = append(out, f)
		}
	}
	return out
}

// genericPlausible reports whether a member begins like one that says something
// of a person.
func genericPlausible(name, head string) bool {
	head = strings.TrimSpace(head)
	switch {
	case isJSON(name):
		return strings.HasPrefix(head, "{") || strings.HasPrefix(head, "[")
	case isCSV(name):
		first, _, _ := strings.Cut(head, "\n")
		return genericLabel.MatchString(plain(first))
	}
	return strings.HasPrefix(head, "<") && genericLabel.MatchString(plain(head))
}

// claimant is the importer of single files that reads a member, which knows
// better what is in it, or nil.
func (g generic) claimant(ctx context.Context, in evidence.Input, name string) evidence.Importer {
	info, err := fs.Stat(in.FS, name)
	if err != nil {
		return nil
	}
	file, err := evidence.FileInput(ctx, in.Label+"!"+name, in.FS, name, info.Size())
	if err != nil {
		return nil
	}
	for _, o := range g.others {
		if !o.Format().Tree && o.Recognise(ctx, file) > evidence.No {
			return o
		}
	}
	return nil
}

// Read implements evidence.Importer.
func (g generic) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	whole := in
	in.FS = capped{in.FS}
	for i, f := range genericMembers(in) {
		if i >= maxGenericRead {
			return nil
		}
		info, err := fs.Stat(whole.FS, f)
		if err != nil || info.Size() > maxDocument || g.claimant(ctx, whole, f) != nil {
			out.Skip(evidence.NotReadPart, f)
			continue
		}
		c := candidates{region: out.Region(), found: map[string]candidate{}}
		if err := c.read(ctx, in, f, quiet{out}); err != nil {
			return err
		}
		for _, x := range c.found {
			if !x.several {
				platform{out: out}.own(x.id, evidence.Possible)
			}
		}
	}
	return nil
}

// candidates gathers what stands beside each label of one member.
type candidates struct {
	region string
	found  map[string]candidate
}

type candidate struct {
	id      identifier.Identifier
	several bool
}

func (c candidates) read(ctx context.Context, in evidence.Input, name string, out evidence.Sink) error {
	switch {
	case isJSON(name):
		return document(ctx, in, name, out, func(v any) { leaves(v, "", c.add) })
	case isCSV(name):
		return table(ctx, in, name, out, func(r row) { r.each(c.add) })
	}
	return pairs(ctx, in, name, out, c.add)
}

func (c candidates) add(keys, value string) {
	label := plain(keys[strings.LastIndexByte(keys, '/')+1:])
	if !genericLabel.MatchString(label) || thingWords.MatchString(label) || peopleWords.MatchString(plain(keys)) ||
		len(value) > maxBlock {
		return
	}
	number := func(v string) identifier.Identifier {
		id, _ := identifier.ParsePhone(v, c.region)
		return id
	}
	ids := identifiers(value, number, phoneWords.MatchString(label))
	if len(ids) == 0 || ids[0].Kind == identifier.KindEmail && roles.MatchString(strings.ToLower(ids[0].Value)) {
		return
	}
	x, have := c.found[keys]
	switch {
	case have && (len(ids) > 1 || x.id != ids[0]):
		x.several = true
	case !have && len(c.found) < maxGenericKeys:
		x = candidate{ids[0], len(ids) > 1}
	case !have:
		return
	}
	c.found[keys] = x
}

// quiet counts what cannot be read as passed over: an unknown folder holds
// files of any shape, and they are not damaged for it.
type quiet struct{ evidence.Sink }

// Problem implements evidence.Sink.
func (q quiet) Problem(p evidence.Problem) { q.Skip(evidence.NotReadPart, p.Where) }

// capped ends every file at the size that is read of an unknown one, whatever
// its header claims.
type capped struct{ fs.FS }

// Open implements fs.FS.
func (c capped) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return &cappedFile{f, io.LimitReader(f, maxDocument)}, nil
}

type cappedFile struct {
	fs.File
	r io.Reader
}

func (f *cappedFile) Read(p []byte) (int, error) { return f.r.Read(p) }
