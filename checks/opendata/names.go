package opendata

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"unlisted/checks/catalog"
)

// reserved are names that Windows keeps for devices, whatever stands behind the
// first dot.
var reserved = []string{
	"con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
}

// fileNames gives each platform the name of its page: its id wherever that is a
// name on every system. No two are the same.
func fileNames(platforms []*catalog.Platform) map[string]string {
	out, taken := map[string]string{}, map[string]bool{}
	for _, p := range platforms {
		name := safe(p.ID)
		if taken[name] {
			name += "-" + digest(p.ID)
		}
		taken[name] = true
		out[p.ID] = name + ".html"
	}
	return out
}

// safe makes a file name of an id. What is changed keeps a digest of the id.
func safe(id string) string {
	const longest = 100
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '_'
	}, strings.ToLower(id))
	name = strings.Trim(name[:min(len(name), longest)], ".-")
	if first, _, _ := strings.Cut(name, "."); name == "" || slices.Contains(reserved, first) {
		name = "_" + name
	}
	if name != id {
		name += "-" + digest(id)
	}
	return name
}

func digest(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:4])
}
