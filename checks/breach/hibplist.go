package breach

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Skipped is one record of an upstream list that was not taken, and why.
type Skipped struct {
	Record string // its name, or its place in the list
	Reason string
}

// hibpBreach is HIBP's breach model, as far as it is carried over
// (https://haveibeenpwned.com/API/v3#BreachModel).
type hibpBreach struct {
	Name, Title, Domain, BreachDate                                                       string
	AddedDate                                                                             time.Time
	PwnCount                                                                              int64
	DataClasses                                                                           []string
	IsVerified, IsFabricated, IsSensitive, IsRetired, IsSpamList, IsMalware, IsStealerLog bool
}

// oldest is before any breach of an online account.
var oldest = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// ReadHIBP reads the breach list as HIBP's API gives it, record by record and
// ordered by name: a record with a missing or absurd value is skipped and named,
// the rest stays. An error means that it is no such list at all. Nothing later
// than a day after now is believed.
func ReadHIBP(raw []byte, now time.Time) ([]Breach, []Skipped, error) {
	var records []json.RawMessage
	if err := json.Unmarshal(raw, &records); err != nil {
		return nil, nil, fmt.Errorf("breach list: %w", err)
	}
	var list []Breach
	var skipped []Skipped
	seen := map[string]bool{}
	for i, r := range records {
		var e hibpBreach
		err := json.Unmarshal(r, &e)
		b := Breach{}
		if err == nil {
			b, err = e.breach(now)
		}
		if err == nil && seen[b.Name] {
			err = errors.New("stands there twice")
		}
		if err != nil {
			name := Plain(e.Name)
			if name == "" {
				name = fmt.Sprintf("record %d", i+1)
			}
			skipped = append(skipped, Skipped{name, err.Error()})
			continue
		}
		seen[b.Name] = true
		list = append(list, b)
	}
	slices.SortFunc(list, func(a, b Breach) int { return strings.Compare(a.Name, b.Name) })
	return list, skipped, nil
}

func (e hibpBreach) breach(now time.Time) (Breach, error) {
	day, err := time.Parse(time.DateOnly, e.BreachDate)
	switch soon := now.Add(24 * time.Hour); {
	case e.Name == "" || len(e.Name) > 100 || strings.ContainsFunc(e.Name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		return Breach{}, errors.New("no usable name")
	case err != nil:
		return Breach{}, errors.New("no date of the breach")
	case day.Before(oldest) || day.After(soon) || e.AddedDate.Before(oldest) || e.AddedDate.After(soon):
		return Breach{}, errors.New("a date that cannot be")
	case e.PwnCount < 0:
		return Breach{}, errors.New("fewer than no accounts")
	case len(e.DataClasses) > 200:
		return Breach{}, errors.New("more kinds of data than there are")
	}
	b := Breach{
		Name:   e.Name,
		Title:  line(e.Title),
		Domain: strings.ToLower(line(e.Domain)),
		Date:   day,
		Added:  e.AddedDate.UTC(),
		Count:  e.PwnCount,
	}
	if b.Title == "" {
		b.Title = b.Name
	}
	// Phones first: they are what the person came for.
	for _, first := range []bool{true, false} {
		for _, d := range e.DataClasses {
			if d = strings.ReplaceAll(line(d), "|", " "); d != "" && (d == DataPhones) == first {
				b.Data = append(b.Data, d)
			}
		}
	}
	for flag, on := range map[Flags]bool{
		Unverified: !e.IsVerified, Fabricated: e.IsFabricated, Sensitive: e.IsSensitive, Retired: e.IsRetired,
		SpamList: e.IsSpamList, Malware: e.IsMalware, StealerLog: e.IsStealerLog,
	} {
		if on {
			b.Flags |= flag
		}
	}
	return b, nil
}

// line makes a text safe for one field of one line.
func line(s string) string { return strings.Join(strings.Fields(Plain(s)), " ") }
