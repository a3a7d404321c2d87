// Command sign-data makes and signs the data sets that the program takes as
// updates.
//
//	sign-data -new key.secret            makes a key; prints its public half
//	sign-data -key key.secret -assets assets -serial 2026112401 -out set.unlisted
//
// Handling the key: it is made once, on a computer that is not used for
// anything else, and kept offline in two places, never in the repository. Its
// public half goes into assets/keys/data.pub and ships with the program. If the
// key is lost or stolen, a new one is made and ships with the next version of
// the program; sets signed by the old one are then refused.
package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"unlisted/checks/update"
)

func main() {
	fresh := flag.String("new", "", "file for a new secret key")
	key := flag.String("key", "", "file of the secret key")
	assets := flag.String("assets", "assets", "folder of the data")
	serial := flag.Int64("serial", 0, "number of the set, YYYYMMDDnn")
	out := flag.String("out", "", "file to write")
	flag.Parse()
	err := errors.New("either -new, or -key with -serial and -out")
	switch {
	case *fresh != "":
		err = create(*fresh)
	case *key != "" && *serial > 0 && *out != "":
		err = sign(*key, *assets, *serial, *out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "sign-data:", err)
		os.Exit(1)
	}
}

func create(name string) error {
	pub, priv, err := ed25519.GenerateKey(nil)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // never over another key
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(f, base64.StdEncoding.EncodeToString(priv.Seed())); err != nil {
		return err
	}
	fmt.Println(base64.StdEncoding.EncodeToString(pub))
	return f.Close()
}

func sign(key, assets string, serial int64, out string) error {
	text, err := os.ReadFile(key)
	if err != nil {
		return err
	}
	seed, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return errors.New("not a key that sign-data made")
	}
	priv := ed25519.NewKeyFromSeed(seed)
	var b bytes.Buffer
	if err := update.Sign(&b, os.DirFS(assets), serial, time.Now(), priv); err != nil {
		return err
	}
	// What the program would not take is not handed out.
	if _, err := update.Verify(b.Bytes(), priv.Public().(ed25519.PublicKey), 0); err != nil {
		return err
	}
	return os.WriteFile(out, b.Bytes(), 0o644)
}
