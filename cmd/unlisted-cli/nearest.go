package main

import "strings"

// dashes are the characters a person may type or paste before an option.
const dashes = "-‐‑‒–—―−﹘﹣－"

func dash(r rune) bool { return strings.ContainsRune(dashes, r) }

// nearest is the known word that was most likely meant by one mistyped: it
// begins with it, or is at most two slips of a finger away, one for short words.
// It is "" where none is near.
func nearest(typed string, known []string) string {
	typed = strings.ToLower(typed)
	best, least := "", 3
	if len([]rune(typed)) <= 3 {
		least = 2
	}
	for _, k := range known {
		d := slips(typed, k)
		if len(typed) > 2 && strings.HasPrefix(k, typed) {
			d = min(d, 1)
		}
		if d < least {
			best, least = k, d
		}
	}
	return best
}

// slips counts the letters put in, left out, changed or swapped with the next
// between two words (the optimal string alignment distance); words whose lengths
// differ by more than 2 count as far apart.
func slips(a, b string) int {
	s, t := []rune(a), []rune(b)
	if len(s)-len(t) > 2 || len(t)-len(s) > 2 {
		return len(s) + len(t)
	}
	rows := make([][]int, len(s)+1)
	for i := range rows {
		rows[i] = make([]int, len(t)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(s); i++ {
		for j := 1; j <= len(t); j++ {
			same := 1
			if s[i-1] == t[j-1] {
				same = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+same)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(s)][len(t)]
}
