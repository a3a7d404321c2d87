package fake

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// hibp answers as Have I Been Pwned does: user agent before key, key before
// path; the catalogue needs no key.
func (s *Server) hibp(w http.ResponseWriter, r *http.Request, path string) {
	path, ok := strings.CutPrefix(path, "api/v3/")
	endpoint, arg, _ := strings.Cut(path, "/")
	endpoint = strings.ToLower(endpoint)
	account, err := url.PathUnescape(arg)
	account = strings.ToLower(strings.TrimSpace(account))
	switch {
	case r.Header.Get("User-Agent") == "":
		w.WriteHeader(http.StatusForbidden)
		return
	case !ok || err != nil:
		http.NotFound(w, r)
		return
	case r.Method != http.MethodGet:
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	if s.hibpCatalogue(w, r, endpoint, arg) || !hibpKey(w, r) {
		return
	}
	key := r.Header.Get("Hibp-Api-Key")
	switch {
	case endpoint == "subscription" && arg == "status":
		writeJSON(w, http.StatusOK, plan(key))
	case endpoint == "subscribeddomains":
		writeJSON(w, http.StatusOK, []string{})
	case !slices.Contains([]string{"breachedaccount", "pasteaccount", "stealerlogsbyemail", "breacheddomain"}, endpoint):
		http.NotFound(w, r)
	case s.limited(key, rpm(key), time.Minute):
		w.Header().Set("Retry-After", "2")
		refuse(w, http.StatusTooManyRequests, "Rate limit is exceeded. Try again in 2 seconds.")
	case strings.HasPrefix(account, "range/") && endpoint == "breachedaccount":
		s.hibpRange(w, key, strings.ToUpper(strings.TrimPrefix(account, "range/")))
	case endpoint == "breacheddomain":
		refuse(w, http.StatusForbidden, "Access denied: the domain is not verified.")
	case !strings.Contains(account, "@"):
		w.WriteHeader(http.StatusBadRequest)
	case key == ZeroKey && !strings.HasSuffix(account, "@hibp-integration-tests.com"):
		denyKey(w, "invalid")
	default:
		s.hibpAccount(w, r, endpoint, key, account)
	}
}

func refuse(w http.ResponseWriter, code int, message string) {
	writeJSON(w, code, map[string]any{"statusCode": code, "message": message})
}

func denyKey(w http.ResponseWriter, why string) {
	refuse(w, http.StatusUnauthorized, "Access denied due to "+why+" hibp-api-key.")
}

func hibpKey(w http.ResponseWriter, r *http.Request) bool {
	key := r.Header.Get("Hibp-Api-Key")
	_, err := hex.DecodeString(key)
	switch {
	case key == "":
		denyKey(w, "missing")
	case len(key) != 32 || err != nil:
		denyKey(w, "improperly formed")
	case key != Key && key != ProKey && key != ZeroKey:
		denyKey(w, "invalid")
	default:
		return true
	}
	return false
}

func rpm(key string) int {
	if key == ProKey {
		return 500
	}
	return 10
}

func plan(key string) map[string]any {
	pro := key == ProKey
	name := "Core 1"
	if pro {
		name = "Pro 1"
	}
	return map[string]any{
		"SubscriptionName": name, "Description": "An invented plan.", "SubscribedUntil": time.Now().AddDate(1, 0, 0).UTC().Format(time.RFC3339),
		"Rpm": rpm(
			key,
		), "DomainSearchMaxBreachedAccounts": 25, "MaxBreachedDomains": nil, "IncludesStealerLogs": pro,
		"IncludesBulkDomainAdd": false, "IncludesAutoSubdomainVerification": false, "IncludesCustomerDomains": false, "IncludesKAnon": pro,
	}
}

func (s *Server) hibpAccount(w http.ResponseWriter, r *http.Request, endpoint, key, account string) {
	names := s.emails[account]
	switch endpoint {
	case "pasteaccount":
		if len(names) == 0 && account != "paste-sensitive-breach@hibp-integration-tests.com" ||
			account == "sensitive-and-other-breaches@hibp-integration-tests.com" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		writeJSON(w, http.StatusOK, []map[string]any{
			{"Source": "Pastebin", "Id": "AbC123xy", "Title": nil, "Date": "2020-01-02T03:04:05Z", "EmailCount": 139},
			{"Source": "AdHocUrl", "Id": "https://paste.example/1", "EmailCount": 5_000_000_000},
		}[:1+len(names)/3])
		return
	case "stealerlogsbyemail":
		switch domain := account[strings.LastIndex(account, "@")+1:]; {
		case key != ProKey && key != ZeroKey:
			refuse(w, http.StatusForbidden, "Access denied due to insufficient privileges for this resource.")
		case domain == "unverified.example":
			refuse(w, http.StatusForbidden, "Access denied: the domain is not verified.")
		case len(names) == 0:
			w.WriteHeader(http.StatusNotFound)
		default:
			writeJSON(w, http.StatusOK, []string{"shop.example", "mail.example"})
		}
		return
	}
	list := []map[string]any{}
	full, domain, unverified := query(
		r,
		"truncateResponse",
	) == "false", query(
		r,
		"domain",
	), query(
		r,
		"IncludeUnverified",
	) != "false"
	for _, n := range names {
		m := model(n)
		if m["IsSensitive"] == true || m["IsRetired"] == true || !unverified && m["IsVerified"] == false ||
			domain != "" && m["Domain"] != domain {
			continue
		}
		if !full {
			m = map[string]any{"Name": n}
		}
		list = append(list, m)
	}
	if len(list) == 0 {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	writeJSON(w, http.StatusOK, list)
}

// query reads a parameter whatever the case of its name.
func query(r *http.Request, name string) string {
	for k, v := range r.URL.Query() {
		if strings.EqualFold(k, name) && len(v) > 0 {
			return strings.ToLower(v[0])
		}
	}
	return ""
}

// hibpRange answers a search by hash: some 300 to 400 others share a prefix. It
// names sensitive breaches too.
func (s *Server) hibpRange(w http.ResponseWriter, key, prefix string) {
	switch _, err := hex.DecodeString(prefix); {
	case key != ProKey:
		refuse(w, http.StatusForbidden, "Access denied due to insufficient privileges for this resource.")
		return
	case len(prefix) != 6 || err != nil:
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	type entry struct {
		HashSuffix string   `json:"hashSuffix"`
		Websites   []string `json:"websites"`
	}
	var list []entry
	for account, names := range s.emails {
		sum := sha1.Sum([]byte(account))
		if h := strings.ToUpper(hex.EncodeToString(sum[:])); h[:6] == prefix && len(names) > 0 {
			list = append(list, entry{h[6:], names})
		}
	}
	random := rand.New(rand.NewPCG(1, uint64(prefix[0])))
	for range 300 + random.IntN(100) {
		b := make([]byte, 17)
		for i := range b {
			b[i] = byte(random.UintN(256))
		}
		list = append(list, entry{strings.ToUpper(hex.EncodeToString(b)), []string{"OtherSite"}})
	}
	slices.SortFunc(list, func(a, b entry) int { return strings.Compare(a.HashSuffix, b.HashSuffix) })
	writeJSON(w, http.StatusOK, list)
}

// hibpCatalogue answers what needs no key; false if it is none of it.
func (s *Server) hibpCatalogue(w http.ResponseWriter, r *http.Request, endpoint, arg string) bool {
	w.Header().Set("Cache-Control", "public, max-age=300")
	switch endpoint {
	case "breaches":
		list := []map[string]any{}
		domain, spam := query(r, "Domain"), query(r, "IsSpamList")
		for _, n := range catalogue {
			if m := model(n); (domain == "" || m["Domain"] == domain) &&
				(spam == "" || fmt.Sprint(m["IsSpamList"]) == spam) {
				list = append(list, m)
			}
		}
		writeJSON(w, http.StatusOK, list)
	case "breach":
		if !slices.Contains(catalogue, arg) {
			w.WriteHeader(http.StatusNotFound)
			return true
		}
		writeJSON(w, http.StatusOK, model(arg))
	case "latestbreach":
		writeJSON(w, http.StatusOK, model(catalogue[len(catalogue)-1]))
	case "dataclasses":
		writeJSON(w, http.StatusOK, []string{"Email addresses", "Names", "Passwords", "Phone numbers"})
	default:
		w.Header().Del("Cache-Control")
		return false
	}
	return true
}

// catalogue are the breaches the stand-in knows, ordered by title; the last is
// the newest.
var catalogue = []string{
	"ALIENStealerLogs",
	"Adobe",
	"AshleyMadison",
	"Badoo",
	"Canva",
	"Dropbox",
	"Gawker",
	"OnlinerSpambot",
	"Stratfor",
	"ZZZ-Newest",
}

// model is a full entry. Its facts are invented but for the flags.
func model(name string) map[string]any {
	verified := name != "Badoo"
	domain := strings.ToLower(name) + ".example"
	if name == "Adobe" {
		domain = "adobe.com"
	}
	added := "2016-01-02T03:04:05Z"
	if name == "ZZZ-Newest" {
		added = "2026-10-02T03:04:05Z"
	}
	return map[string]any{
		"Name": name, "Title": name, "Domain": domain, "BreachDate": "2013-10-04", "AddedDate": added, "ModifiedDate": added,
		"PwnCount": 1957476021, "Description": `An invented <a href="https://x.example" target="_blank" rel="noopener">text</a> &amp; more.`,
		"LogoPath": "https://logos.haveibeenpwned.com/" + name + ".png", "Attribution": nil, "DisclosureUrl": nil,
		"DataClasses": []string{"Email addresses", "Passwords"}, "IsVerified": verified, "IsFabricated": false,
		"IsSensitive": name == "AshleyMadison", "IsRetired": false, "IsSpamList": name == "OnlinerSpambot", "IsMalware": false,
		"IsSubscriptionFree": false, "IsStealerLog": name == "ALIENStealerLogs",
	}
}
