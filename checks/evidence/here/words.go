package here

import (
	"strings"
	"time"

	"unlisted/checks/text"
)

// Words are the sentences that a find is told in.
type Words struct {
	Title  string // "Firefox · 2 profiles"
	Detail string // where it lies, how large and how old it is; "" where that says nothing
	Proves string // what reading it shows
	Time   string // that reading it takes
	Need   string // what it needs, and how that is given; "" for nothing
}

// Words tells a find.
func (f Found) Words(t *text.Printer, now time.Time) Words {
	w := Words{Title: f.title(t), Proves: t.T("here.proves." + f.Proves), Time: f.time(t)}
	if f.Need != NeedNothing {
		w.Need = t.T("here.need." + string(f.Need))
	}
	var parts []string
	if f.Folder != "" && len(f.Paths) > 0 {
		parts = append(parts, t.T("here.in", "folder", t.T("here.folder."+f.Folder)))
	}
	if f.Bytes > 0 && len(f.Paths) > 0 {
		size := Size(t, f.Bytes)
		if f.More {
			size = t.T("here.size.more", "size", size)
		}
		parts = append(parts, size)
	}
	if !f.Modified.IsZero() && f.Kind != KindPhone {
		parts = append(parts, t.Date(f.Modified))
	}
	w.Detail = strings.Join(parts, " · ")
	return w
}

// manyParts is how many accounts of a mail program are named.
const manyParts = 2

func (f Found) title(t *text.Printer) string {
	switch {
	case f.Name == "" && f.Folder != "": // one that may not be looked into
		return t.T("here.folder." + f.Folder)
	case f.Kind == KindPhone && !f.Modified.IsZero():
		return t.T("here.backup", "name", f.Name, "date", t.Date(f.Modified))
	case f.Kind == KindBrowser && len(f.Parts) > 1:
		return t.T("here.title", "name", f.Name, "more", t.N("here.profiles", len(f.Parts)))
	case f.Kind == KindMail && len(f.Parts) > 0 && f.Folder == "":
		names := strings.Join(f.Parts[:min(manyParts, len(f.Parts))], ", ")
		if n := len(f.Parts) - manyParts; n > 0 {
			names = t.N("here.parts", n, "names", names)
		}
		return t.T("here.title", "name", f.Name, "more", names)
	}
	return f.Name
}

// Size is a number of bytes in words, rounded up so that nothing has none.
func Size(t *text.Printer, bytes int64) string {
	unit, key := int64(1000), "here.kb"
	switch {
	case bytes >= 1000_000_000:
		unit, key = 1000_000_000, "here.gb"
	case bytes >= 1000_000:
		unit, key = 1000_000, "here.mb"
	}
	return t.T(key, "n", t.Number((bytes+unit-1)/unit))
}

func (f Found) time(t *text.Printer) string {
	if f.Seconds < 60 {
		return t.N("here.seconds", f.Seconds)
	}
	return t.N("here.minutes", (f.Seconds+59)/60)
}
