package evidence

import (
	"hash/maphash"
	"strings"
	"unicode"
	"unicode/utf8"

	"unlisted/checks/identifier"
)

// sink is what an importer writes into: it fills in where a finding comes from.
type sink struct {
	scan   *scan
	label  string
	format string
	family string
	site   string // whose archive it is; see Format.Site
	source Source
	bytes  int64
	sealed bool // it is encrypted: the importer asked for what opens it
}

var _ Sink = (*sink)(nil)

func (s *sink) Finding(f Finding) {
	f.Source, f.SourceID, f.Format, f.Family = s.label, s.source.ID, s.format, s.family
	f.Identifier = identifier.Spelled(f.Identifier, s.scan.options.Own)
	if s.family == familyArchive && f.Account == "" && f.Site == s.site && f.Fact != FactOwn {
		f.Account = s.format // an archive is of one account
	}
	f.Name = MaskLabel(f.Name)
	if s.family != FamilyMail { // a subject is masked with its sender's name at hand
		f.Detail = MaskLabel(f.Detail)
	}
	before := s.scan.full
	if s.scan.add(f); s.scan.full && !before {
		s.Problem(problem(s.label, "error.evidence.full"))
	}
}

func (s *sink) Problem(p Problem) {
	if len(s.source.Problems) < maxProblems {
		s.source.Problems = append(s.source.Problems, p)
	}
}

func (s *sink) Item()                        { s.source.Items++ }
func (s *sink) Skip(why Reason, name string) { s.source.skip(why, name) }

func (s *sink) Advance(n int64) {
	s.bytes += n
	s.scan.advance(n)
}

func (s *sink) Region() string { return s.scan.options.Region }

func (s *sink) Own() []identifier.Identifier { return s.scan.options.Own }

func (s *sink) Unlock() []Unlock {
	s.sealed = true
	return s.scan.options.Unlock
}

// secrets is what lies in the file in clear, once it was read.
func (s *sink) secrets() Secrets {
	switch {
	case s.sealed:
		return NoSecrets
	case s.family == familyCodes && s.source.Items > 0:
		return Codes
	}
	return s.source.Secrets
}

// Secret notes that the account of f has this password, for reuse groups only:
// what is kept is a hash under a key that lives as long as the scan.
func (s *sink) Secret(password string, f Finding) {
	if utf8.RuneCountInString(password) < 2 {
		return
	}
	s.source.Secrets = Passwords
	if s.scan.options.Password != nil {
		s.scan.options.Password(password, f.Site+f.App)
	}
	var h maphash.Hash
	h.SetSeed(s.scan.seed)
	h.Write(s.scan.salt[:])
	h.WriteString(password)
	sum := h.Sum64()
	if s.scan.secrets[sum] == nil {
		if len(s.scan.secrets) >= maxSecrets {
			return
		}
		s.scan.secrets[sum] = map[string]Finding{}
	}
	site := f.Site + f.App
	if _, have := s.scan.secrets[sum][site]; !have && len(s.scan.secrets[sum]) < maxReuse {
		f.Source, f.SourceID, f.Format = s.label, s.source.ID, s.format
		s.scan.secrets[sum][site] = f
	}
}

// clean makes foreign text safe to store and show: no control or formatting
// characters, single spaces, at most max bytes.
func clean(s string, limit int) string {
	plain := true
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	if plain && len(s) <= limit {
		return s
	}
	s = strings.ToValidUTF8(s[:min(len(s), 4*limit)], "�")
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= limit {
		return s
	}
	cut := limit - len("…")
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return strings.TrimSpace(s[:cut]) + "…"
}

// Clean is clean for importers: text of a file, made safe to show.
func Clean(s string) string { return clean(s, maxDetailLen) }
