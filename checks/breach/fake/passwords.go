package fake

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
)

// passwords answers as the range service does, in its order of checks. A range
// is the same at every request; its padding is not, and stands after the sorted
// lines. In the other mode the lines are shorter, and no password is known.
func (s *Server) passwords(w http.ResponseWriter, r *http.Request, path string) {
	prefix, ok := strings.CutPrefix(path, "range/")
	prefix = strings.ToUpper(prefix)
	_, err := hex.DecodeString(prefix + "0")
	plain := func(code int, text string) {
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(code)
		fmt.Fprint(w, text)
	}
	switch {
	case r.Method == http.MethodOptions:
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Allow-Methods", "GET")
		w.Header().Set("Access-Control-Allow-Headers", "Add-Padding")
		w.Header().Set("Access-Control-Max-Age", "1728000")
	case !ok:
		plain(http.StatusBadRequest, "Invalid API query")
	case r.Method != http.MethodGet:
		plain(
			http.StatusMethodNotAllowed,
			"Only GET requests can be used to query ranges, but this request used the "+r.Method+" verb",
		)
	case len(prefix) != 5:
		plain(http.StatusBadRequest, "The hash prefix was not in a valid format")
	case err != nil:
		plain(http.StatusBadRequest, "The hash prefix was not valid hexadecimal")
	default:
		lines := s.ranged(prefix, r.URL.Query().Get("mode") == "ntlm")
		if strings.EqualFold(r.Header.Get("Add-Padding"), "true") {
			width := strings.IndexByte(lines[0], ':')
			for range 10 + rand.IntN(200) {
				lines = append(lines, digits(rand.Uint64, width)+":0")
			}
			w.Header().Set("Access-Control-Allow-Origin", "*")
			w.Header().Set("Cache-Control", "public, max-age=2678400")
		}
		plain(http.StatusOK, strings.Join(lines, "\r\n"))
	}
}

// ranged are the real lines under a prefix, in order.
func (s *Server) ranged(prefix string, ntlm bool) (lines []string) {
	width := 2*sha1.Size - len(prefix)
	if ntlm {
		width = 32 - len(prefix)
	}
	for p, n := range s.leaked {
		sum := sha1.Sum([]byte(p))
		if h := strings.ToUpper(hex.EncodeToString(sum[:])); h[:5] == prefix && !ntlm {
			lines = append(lines, fmt.Sprintf("%s:%d", h[5:], n))
		}
	}
	seed := sha1.Sum([]byte(prefix))
	random := rand.New(rand.NewPCG(uint64(seed[0]), uint64(seed[1])))
	for range 1000 {
		lines = append(lines, fmt.Sprintf("%s:%d", digits(random.Uint64, width), 1+random.IntN(500)))
	}
	slices.Sort(lines)
	return lines
}

// digits are so many random hexadecimal ones.
func digits(random func() uint64, n int) string {
	var b strings.Builder
	for b.Len() < n {
		fmt.Fprintf(&b, "%016X", random())
	}
	return b.String()[:n]
}
