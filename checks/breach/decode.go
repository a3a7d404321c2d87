package breach

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
)

// Services change types without warning: a count becomes text, a text becomes a
// list, anything becomes null. These types read what is meant where that is
// plain, and are empty where it is not; they never fail.
type (
	// Text is a text to show, already plain.
	Text string
	// Count is a number of records.
	Count int64
	// Truth is a yes or no.
	Truth bool
	// Texts is a list of texts, or one text that lists them.
	Texts []string
)

// UnmarshalJSON implements json.Unmarshaler.
func (t *Text) UnmarshalJSON(b []byte) error {
	*t = Text(Plain(bare(b)))
	return nil
}

// UnmarshalJSON implements json.Unmarshaler. What is below zero or no number is
// 0; what is beyond 63 bits is the largest there is.
func (c *Count) UnmarshalJSON(b []byte) error {
	*c = 0
	s := strings.ReplaceAll(bare(b), ",", "")
	n, whole := strconv.ParseInt(s, 10, 64)
	f, number := strconv.ParseFloat(s, 64)
	switch {
	case whole == nil:
		*c = Count(max(n, 0))
	case number != nil || !(f > 0): // no number, or none that counts anything
	case f >= math.MaxInt64:
		*c = math.MaxInt64
	default:
		*c = Count(f)
	}
	return nil
}

// UnmarshalJSON implements json.Unmarshaler.
func (t *Truth) UnmarshalJSON(b []byte) error {
	switch strings.ToLower(bare(b)) {
	case "true", "yes", "1":
		*t = true
	default:
		*t = false
	}
	return nil
}

// UnmarshalJSON implements json.Unmarshaler. A text is taken apart at ";" and,
// where it is written like a list, at ",".
func (t *Texts) UnmarshalJSON(b []byte) error {
	*t = nil
	var list []Text
	if json.Unmarshal(b, &list) != nil {
		s, sep := bare(b), ";"
		if strings.HasPrefix(s, "[") {
			s, sep = strings.Trim(s, "[]"), ","
		}
		for part := range strings.SplitSeq(s, sep) {
			list = append(list, Text(Plain(strings.Trim(part, ` '"`))))
		}
	}
	for _, s := range list {
		if s != "" {
			*t = append(*t, string(s))
		}
	}
	return nil
}

// bare is the content of a JSON scalar; "" for null, lists and objects.
func bare(b []byte) string {
	b = bytes.TrimSpace(b)
	var s string
	switch {
	case len(b) == 0, string(b) == "null", b[0] == '{', b[0] == '[':
		return ""
	case b[0] == '"' && json.Unmarshal(b, &s) == nil:
		return strings.TrimSpace(s)
	}
	return string(b)
}

// Day reads a source's date, however much of it there is; zero if there is none
// or it cannot be.
func Day(s string, now time.Time) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil && t.After(oldest) && t.Before(now.Add(24*time.Hour)) {
			return t.UTC()
		}
	}
	return time.Time{}
}

// Host reads a source's text as the name of a site; "" if it is none.
func Host(s string) string {
	s = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "www.")
	label := func(r rune) bool { return r == '-' || r == '.' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' }
	if len(s) > 253 || !strings.Contains(s, ".") || strings.Contains(s, "..") || strings.HasPrefix(s, ".") ||
		strings.HasSuffix(s, ".") ||
		strings.TrimFunc(s, label) != "" {
		return ""
	}
	return s
}
