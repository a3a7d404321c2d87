// Command fake-sources serves stand-ins of the breach sources on this computer,
// for demonstrations without the internet. Point the program at the address it
// prints.
//
//	fake-sources [-listen 127.0.0.1:8931] [-fault 503-html]
package main

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"unlisted/checks/breach/fake"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:8931", "loopback address")
	fault := flag.String("fault", "", fmt.Sprintf("answer with a fault, one of %v", fake.Faults()))
	flag.Parse()
	if err := run(*listen, fake.Fault(*fault)); err != nil {
		fmt.Fprintln(os.Stderr, "fake-sources:", err)
		os.Exit(1)
	}
}

func run(listen string, fault fake.Fault) error {
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	s := fake.New(map[string][]string{
		"camille.martin.exemple@gmail.com": {"Adobe", "Canva", "Dropbox"},
		"+33639980142":                     {"Adobe"}, // an infected device
	}, map[string]int64{"Tournesol-1987": 214, "password": 10_000_000})
	s.Fail(fault)
	fmt.Printf("http://%s\nkey for Have I Been Pwned: %s\nkey of a large plan: %s\n", l.Addr(), fake.Key, fake.ProKey)
	server := &http.Server{Handler: s, ReadHeaderTimeout: 5 * time.Second}
	return server.Serve(l)
}
