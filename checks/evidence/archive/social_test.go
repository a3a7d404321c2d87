package archive_test

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/archive"
	. "unlisted/checks/evidence/evidencetest"
	"unlisted/checks/identifier"
)

// socialSamples are archives of every platform, by the format that reads them.
func socialSamples() map[string]map[string]string {
	instagram := map[string]string{}
	for name, content := range igMembers {
		instagram["instagram-pat/"+name] = content
	}
	return map[string]map[string]string{
		"x-archive":         x,
		"instagram-archive": instagram,
		"linkedin-archive":  linkedin,
		"reddit-archive":    reddit,
		"snapchat-archive":  snapchat,
		"discord-archive":   {"account/user.json": discordUser},
		"spotify-archive":   {"MyData/Userdata.json": spotifyUser, "MyData/Inferences.json": `{"inferences":["x"]}`},
		"netflix-archive":   {"ACCOUNT/AccountDetails.csv": netflixDetails},
		"tiktok-archive":    {"user_data.json": `{"Profile":{"Profile Information":{"ProfileMap":{"emailAddress":"pat@mail.example","userName":"pat"}}}}`},
		"facebook-archive": {
			"profile_information/profile_information.json": fbProfile, "friends/friends.json": `{"friends_v2":[{"name":"ann@mail.example"}]}`,
			"ads_information/advertisers_using_your_activity_or_information.html": "<html><div>A list uploaded or used by the advertiser</div><div>Shop</div></html>",
		},
	}
}

// Each archive is recognised by its own importer alone, and shows nothing of
// anybody else, by itself and with all the others in one folder.
func TestSocialAlone(t *testing.T) {
	everything := map[string]string{}
	var separate []string
	for format, files := range socialSamples() {
		r := Scan(t, Folder(t, files))
		for _, s := range r.Sources {
			if s.Format != format {
				t.Errorf("%s is read by %q", format, s.Format)
			}
		}
		separate = append(separate, Lines(r)...)
		for n, c := range files {
			everything[format+"/"+n] = c
		}
	}
	together := Lines(Scan(t, Folder(t, everything)))
	slices.Sort(together)
	slices.Sort(separate)
	Equal(t, together, separate)
	for _, l := range separate {
		if strings.Contains(l, "ann@") || strings.Contains(l, "bob@") || strings.Contains(l, "friend@") || strings.Contains(l, "+3363998999") || strings.Contains(l, "+33639985555") {
			t.Errorf("somebody else's: %s", l)
		}
	}
}

// closed is a tree that fails the test when a member is opened that holds other
// people or pictures.
type closed struct {
	fstest.MapFS
	t *testing.T
}

func (c closed) Open(name string) (fs.File, error) {
	low := strings.ToLower(name)
	for _, word := range []string{"friends", "messages", "connections.", "followers", "chat_history", "photo", "tweets", "profiles.", "streaming", "follow."} {
		if strings.Contains(low, word) && !strings.Contains(low, "messagessentbynetflix") {
			c.t.Errorf("%s is opened", name)
		}
	}
	return c.MapFS.Open(name)
}

// quiet is a sink for reading outside a scan, which would turn a panic into a
// damaged file.
type quiet struct {
	evidence.Sink
	findings []evidence.Finding
}

func (q *quiet) Finding(f evidence.Finding)   { q.findings = append(q.findings, f) }
func (q *quiet) Problem(evidence.Problem)     {}
func (q *quiet) Item()                        {}
func (q *quiet) Skip(evidence.Reason, string) {}
func (q *quiet) Advance(int64)                {}
func (q *quiet) Region() string               { return "FR" }
func (q *quiet) Own() []identifier.Identifier { return nil }
func (q *quiet) Unlock() []evidence.Unlock    { return nil }

func byFormat(id string) (imp evidence.Importer) {
	for _, i := range archive.Importers() {
		if i.Format().ID == id {
			imp = i
		}
	}
	return imp
}

// readAll reads a tree with one importer, as the scan would.
func readAll(ctx context.Context, imp evidence.Importer, tree fs.FS, names []string) (*quiet, error) {
	q := &quiet{}
	if imp.Format().Tree {
		in := evidence.Input{Label: "x.zip", FS: tree, Name: ".", Files: names}
		imp.Recognise(ctx, in)
		return q, imp.Read(ctx, in, q)
	}
	for _, n := range names {
		b, _ := fs.ReadFile(tree, n)
		in := evidence.Input{Label: "x.zip!" + n, FS: tree, Name: n, Size: int64(len(b)), Head: b[:min(len(b), 64<<10)]}
		if imp.Recognise(ctx, in) > evidence.No {
			if err := imp.Read(ctx, in, q); err != nil {
				return q, err
			}
		}
	}
	return q, nil
}

func treeOf(files map[string]string) (fstest.MapFS, []string) {
	tree, names := fstest.MapFS{}, []string{}
	for n, c := range files {
		tree[n] = &fstest.MapFile{Data: []byte(c)}
		names = append(names, n)
	}
	slices.Sort(names)
	return tree, names
}

// Members that are not needed stay closed; a cancelled context ends reading.
func TestSocialOpens(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for format, files := range socialSamples() {
		tree, names := treeOf(files)
		for _, more := range []string{"photos_and_videos/photo_1.jpg", "messages/inbox/message_1.json"} {
			tree[more] = &fstest.MapFile{Data: []byte("x")}
			if byFormat(format).Format().Tree {
				names = append(names, more)
			}
		}
		q, err := readAll(t.Context(), byFormat(format), closed{tree, t}, names)
		if err != nil || len(q.findings) < 2 {
			t.Errorf("%s: %v, %d findings", format, err, len(q.findings))
		}
		if _, err := readAll(ctx, byFormat(format), tree, names); !errors.Is(err, context.Canceled) {
			t.Errorf("%s goes on after it was cancelled: %v", format, err)
		}
	}
}

// Whatever the bytes: cut off at any place, or changed, reading ends without a
// panic and names nobody new.
func TestSocialBytes(t *testing.T) {
	for format, files := range socialSamples() {
		imp := byFormat(format)
		tree, names := treeOf(files)
		random := rand.New(rand.NewPCG(1, 2))
		for _, n := range names {
			whole := tree[n].Data
			if path.Ext(n) == ".html" && format != "facebook-archive" {
				continue
			}
			for cut := 0; cut < len(whole); cut += 1 + len(whole)/20 {
				tree[n] = &fstest.MapFile{Data: whole[:cut]}
				_, _ = readAll(t.Context(), imp, tree, names)
			}
			for range 20 {
				b := slices.Clone(whole)
				for range 1 + random.IntN(8) {
					b[random.IntN(len(b))] = `{}[],:"'0@+ntf<>\`[random.IntN(16)]
				}
				tree[n] = &fstest.MapFile{Data: b}
				q, _ := readAll(t.Context(), imp, tree, names)
				for _, f := range q.findings {
					if f.Confidence == 0 || f.Site+f.App+f.Name == "" || f.Count < 1 {
						t.Fatalf("%s: an unfinished finding %+v", format, f.Fact)
					}
				}
			}
			tree[n] = &fstest.MapFile{Data: whole}
		}
	}
}
