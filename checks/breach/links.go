package breach

// Link is a service that is opened in the browser: it has no interface for
// programs, or none this program may use. "source.link.<id>" says what it is
// for and why it is a link only.
type Link struct {
	ID      string
	Address string
	Reason  string // text key
}

// Links lists the services worth a visit, in the order they are best visited.
// Those that hand out other people's leaked values are not among them.
func Links() []Link {
	list := []Link{
		{ID: "hibp", Address: "https://haveibeenpwned.com"},
		{ID: "mozilla-monitor", Address: "https://monitor.mozilla.org"},
		{ID: "hpi", Address: "https://sec.hpi.de/ilc"},
		{ID: "uni-bonn", Address: "https://leakchecker.uni-bonn.de"},
	}
	for i := range list {
		list[i].Reason = "source.link." + list[i].ID
	}
	return list
}
