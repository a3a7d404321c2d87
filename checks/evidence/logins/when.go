package logins

import (
	"strconv"
	"strings"
	"time"
)

// when reads the dates of exports: ISO 8601, or seconds, or milliseconds since
// 1970. Anything else is no date.
func when(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339, time.DateTime, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return plausible(t)
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil || n <= 0 || n > 1<<43:
		return time.Time{}
	case n < 1<<33: // seconds until 2242; milliseconds until April 1970
		return time.Unix(n, 0).UTC()
	}
	return time.UnixMilli(n).UTC()
}

// millis reads milliseconds since 1970.
func millis(s string) time.Time {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n <= 0 || n > 1<<43 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}

// windowsEpoch is 1601-01-01 in seconds before 1970; Chromium counts from it.
const windowsEpoch = 11644473600

// chromium reads microseconds since 1601.
func chromium(n int64) time.Time {
	if n <= windowsEpoch*1_000_000 || n > (windowsEpoch+1<<33)*1_000_000 {
		return time.Time{}
	}
	return time.UnixMicro(n - windowsEpoch*1_000_000).UTC()
}

// plausible drops dates that stand for "none".
func plausible(t time.Time) time.Time {
	if t.Year() < 1980 || t.Year() > 2200 {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Second)
}
