package fake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// xposedOrNot answers as the service's own source does, its failures too. Local
// parts that begin so are odd ones out: "old-contract", "shield", "exception",
// "dropped", "banned".
func (s *Server) xposedOrNot(w http.ResponseWriter, r *http.Request, path string) {
	endpoint, arg, _ := strings.Cut(strings.TrimPrefix(path, "v1/"), "/")
	email, err := url.PathUnescape(arg)
	if endpoint == "breach-analytics" {
		email = r.URL.Query().Get("email")
	}
	email = strings.ToLower(email)
	w.Header().Set("Cache-Control", "no-cache, no-store, must-revalidate")
	switch {
	case !strings.HasPrefix(path, "v1/") || err != nil:
		writeJSON(w, http.StatusNotFound, map[string]any{"detail": "Not Found"})
	case endpoint == "breaches":
		s.xonCatalogue(w, r)
	case endpoint != "check-email" && endpoint != "breach-analytics":
		writeJSON(w, http.StatusNotFound, map[string]any{"detail": "Not Found"})
	case strings.HasPrefix(email, "dropped"):
		w.Header().Set("X-Dropped", "true")
		writeJSON(
			w,
			http.StatusTooManyRequests,
			map[string]any{"detail": map[string]any{"error": "Request dropped due to violation history"}},
		)
	case strings.HasPrefix(email, "banned"):
		writeJSON(
			w,
			http.StatusForbidden,
			map[string]any{"detail": map[string]any{"error": "Access blocked", "detail": "…"}},
		)
	case s.limited("xon-hour "+endpoint, 25, time.Hour), s.limited("xon-day "+endpoint, 100, 24*time.Hour):
		w.Header().Set("Retry-After", "3600")
		writeJSON(
			w,
			http.StatusTooManyRequests,
			map[string]any{
				"detail": map[string]any{
					"error":       "Rate limit exceeded",
					"retry_after": 3600,
					"reset_time":  "2026-09-01T12:00:37.000000",
				},
			},
		)
	case endpoint == "breach-analytics":
		s.xonAnalytics(w, email)
	default:
		s.xonCheck(w, r, email)
	}
}

func (s *Server) xonCheck(w http.ResponseWriter, r *http.Request, email string) {
	switch names := s.emails[email]; {
	case strings.HasPrefix(email, "old-contract"):
		writeJSON(w, http.StatusNotFound, map[string]any{"Error": "Not found"})
	case strings.HasPrefix(email, "shield"):
		writeJSON(
			w,
			http.StatusNotFound,
			map[string]any{"Error": "No breaches found", "email": email, "status": "failed"},
		)
	case strings.HasPrefix(email, "exception"):
		writeJSON(w, http.StatusNotFound, map[string]any{"Error": "Not found", "email": email, "status": "failed"})
	case len(email) > 254:
		writeJSON(w, http.StatusUnprocessableEntity, map[string]any{"detail": []string{"too long"}})
	case len(names) == 0:
		writeJSON(w, http.StatusOK, map[string]any{"Error": "Not found", "email": nil})
	default:
		body := map[string]any{"breaches": [][]string{names}, "email": email, "status": "success"}
		if r.URL.Query().Get("details") == "true" {
			var details []map[string]any
			for _, n := range names {
				details = append(
					details,
					map[string]any{
						"name":            n,
						"records_exposed": 1234567,
						"description":     "Invented.",
						"breach_date":     "",
						"exposed_data":    []string{"Email addresses"},
					},
				)
			}
			body["breach_details"] = details
		}
		writeJSON(w, http.StatusOK, body)
	}
}

func (s *Server) xonAnalytics(w http.ResponseWriter, email string) {
	names := s.emails[email]
	if strings.HasPrefix(email, "shield") || strings.HasPrefix(email, "exception") ||
		!strings.Contains(email, "@") {
		writeJSON(w, http.StatusNotFound, map[string]any{"detail": "Not found"})
		return
	}
	body := map[string]any{
		"BreachesSummary": map[string]any{
			"site": strings.Join(names, ";"),
		}, "ExposedBreaches": nil, "BreachMetrics": nil,
		"PastesSummary": map[string]any{
			"cnt":     0,
			"domain":  "",
			"tmpstmp": "",
		}, "ExposedPastes": nil, "PasteMetrics": nil,
	}
	var details []map[string]any
	for _, n := range names {
		details = append(details, map[string]any{
			"breach": n, "details": "An <b>invented</b> text.", "domain": strings.ToLower(n) + ".example", "industry": "Retail", "logo": "", "references": "",
			"password_risk": "plaintext", "searchable": "Yes", "verified": "No", "xposed_data": "Email addresses;Phone numbers", "xposed_date": "2021",
			"xposed_records": 5_000_000_000, "added": nil,
		})
	}
	if details != nil {
		body["ExposedBreaches"] = map[string]any{"breaches_details": details}
	}
	writeJSON(w, http.StatusOK, body)
}

func (s *Server) xonCatalogue(w http.ResponseWriter, r *http.Request) {
	const tag = `"invented-1"`
	w.Header().Set("Cache-Control", "public, max-age=3600")
	w.Header().Set("Etag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	var list []map[string]any
	for _, n := range catalogue {
		domain := strings.ToLower(n) + ".example"
		if want := r.URL.Query().Get("domain"); want == "" || want == domain {
			list = append(list, map[string]any{
				"breachID": n, "breachedDate": "2021-03-01T00:00:00+00:00", "addedDate": nil, "domain": domain, "industry": "Retail", "logo": "",
				"passwordRisk": "plaintext", "searchable": true, "sensitive": false, "verified": true, "breachType": "",
				"exposedData": []string{
					"Email addresses",
				}, "exposedRecords": 1234567, "exposureDescription": "Invented.", "referenceURL": "",
			})
		}
	}
	if list == nil {
		writeJSON(w, http.StatusOK, map[string]any{"status": "Not Found", "message": "No breaches."})
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"status": "success", "message": nil, "exposedBreaches": list})
}

// leakCheck answers the public search, plain and by hash, with both of its ways
// to say that there is nothing: an address that begins with an even letter gets
// one, others the other.
func (s *Server) leakCheck(w http.ResponseWriter, r *http.Request, path string) {
	check := strings.ToLower(r.URL.Query().Get("check"))
	switch {
	case path != "api/public":
		http.NotFound(w, r)
		return
	case check == "":
		writeJSON(w, http.StatusBadRequest, map[string]any{"success": false, "error": "Missing params"})
		return
	case s.limited("leakcheck", 1, time.Second):
		writeJSON(w, http.StatusTooManyRequests, map[string]any{"success": false, "error": "Too many requests"})
		return
	}
	names := s.emails[check]
	for email, n := range s.emails {
		sum := sha256.Sum256([]byte(email))
		if hex.EncodeToString(sum[:])[:24] == check {
			names = n
		}
	}
	switch {
	case len(names) == 0 && check[0]%2 == 0:
		writeJSON(
			w,
			http.StatusOK,
			map[string]any{"success": true, "found": 0, "fields": []string{}, "sources": []string{}},
		)
	case len(names) == 0:
		writeJSON(w, http.StatusOK, map[string]any{"success": false, "error": "Not found"})
	default:
		var sources []map[string]string
		for i, n := range names {
			sources = append(
				sources,
				map[string]string{"name": n + ".example", "date": []string{"2021-03", ""}[i%2]},
			)
		}
		writeJSON(
			w,
			http.StatusOK,
			map[string]any{
				"success": true,
				"found":   37,
				"fields":  []string{"username", "password"},
				"sources": sources,
			},
		)
	}
}

// hudsonRock answers about infected devices, with all fields and with as few as
// it has been seen with. A bare "+" of a number arrives as a space and matches
// nobody. Identifiers with "withdrawn" show the day keyless access ends.
func (s *Server) hudsonRock(w http.ResponseWriter, r *http.Request, path string) {
	var who, what string
	switch strings.TrimPrefix(path, "api/json/v2/osint-tools/") {
	case "search-by-email":
		who, what = r.URL.Query().Get("email"), "email address"
	case "search-by-username":
		who, what = r.URL.Query().Get("username"), "username"
	}
	names := s.emails[strings.ToLower(who)]
	switch {
	case what == "":
		http.NotFound(w, r)
		return
	case who == "":
		w.WriteHeader(http.StatusBadRequest)
		return
	case strings.HasPrefix(who, "withdrawn"):
		writeJSON(w, http.StatusUnauthorized, map[string]any{"error": "An API key is required."})
		return
	case s.limited("hudsonrock", 50, 10*time.Second):
		w.WriteHeader(http.StatusTooManyRequests)
		return
	case len(names) == 0:
		writeJSON(w, http.StatusOK, map[string]any{
			"message":  "This " + what + " is not associated with a computer infected by an info-stealer. Visit https://www.hudsonrock.com/free-tools.",
			"stealers": []any{}, "total_corporate_services": 0, "total_user_services": 0,
		})
		return
	}
	stealers := []map[string]any{{
		"total_corporate_services": 2, "total_user_services": 41, "date_compromised": "2023-05-17T08:22:31.000Z", "stealer_family": "RedLine",
		"computer_name": "HOME-PC", "operating_system": "Windows 10 Pro", "malware_path": `C:\Users\x\setup.exe`, "antiviruses": []string{"Windows Defender"},
		"ip": "203.0.**.***", "top_passwords": []string{"P********3"}, "top_logins": []string{"a*******@e******.org"},
	}}
	if len(names) > 1 {
		stealers = append(stealers, map[string]any{
			"total_user_services": "7", "date_compromised": nil, "computer_name": "Not Found", "antiviruses": "['Windows Defender']", "ip": "Not Found",
		})
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"message": fmt.Sprintf(
			"This %s is associated with a computer that was infected by an info-stealer, …",
			what,
		),
		"stealers": stealers, "total_corporate_services": 2, "total_user_services": 48,
	})
}
