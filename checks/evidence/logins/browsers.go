package logins

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// Profile is one profile of a browser on this computer that keeps logins. It is
// only listed: reading it, as any file, waits until the person picks it.
type Profile struct {
	Browser string   // as the maker calls it
	Name    string   // as the person sees it in the browser
	Paths   []string // files to scan, one or two
}

// Folders are where programs keep a person's settings.
type Folders struct {
	GOOS   string // as runtime.GOOS says it
	Home   string
	Config string // %APPDATA%, Application Support, or ~/.config
	Local  string // %LOCALAPPDATA%; elsewhere not used
}

// ThisComputer returns the folders of the person who runs the program; one that
// is not known is empty.
func ThisComputer() Folders {
	home, _ := os.UserHomeDir()
	config, _ := os.UserConfigDir()
	local, _ := os.UserCacheDir()
	return Folders{runtime.GOOS, home, config, local}
}

// browser is where one browser keeps its profiles, below the folders' roots.
type browser struct {
	name                   string
	windows, darwin, linux []string // beginning with "local", "config" or "home"
	firefox                bool
}

// browsers in the order in which they are listed. Sources: Chromium
// docs/user_data_dir.md; support.mozilla.org "Profiles - Where Firefox stores
// your bookmarks"; snap and Flatpak keep their own homes.
var browsers = []browser{
	{
		name: "Chrome", windows: []string{"local/Google/Chrome/User Data"}, darwin: []string{"config/Google/Chrome"},
		linux: []string{"config/google-chrome", "home/.var/app/com.google.Chrome/config/google-chrome"},
	},
	{
		name: "Chromium", windows: []string{"local/Chromium/User Data"}, darwin: []string{"config/Chromium"},
		linux: []string{
			"config/chromium",
			"home/snap/chromium/common/chromium",
			"home/.var/app/org.chromium.Chromium/config/chromium",
		},
	},
	{
		name: "Edge", windows: []string{"local/Microsoft/Edge/User Data"}, darwin: []string{"config/Microsoft Edge"},
		linux: []string{"config/microsoft-edge", "home/.var/app/com.microsoft.Edge/config/microsoft-edge"},
	},
	{
		name: "Brave", windows: []string{"local/BraveSoftware/Brave-Browser/User Data"}, darwin: []string{"config/BraveSoftware/Brave-Browser"},
		linux: []string{
			"config/BraveSoftware/Brave-Browser",
			"home/snap/brave/current/.config/BraveSoftware/Brave-Browser",
			"home/.var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser",
		},
	},
	{
		name: "Vivaldi", windows: []string{"local/Vivaldi/User Data"}, darwin: []string{"config/Vivaldi"},
		linux: []string{"config/vivaldi", "home/.var/app/com.vivaldi.Vivaldi/config/vivaldi"},
	},
	{
		name: "Opera", windows: []string{"config/Opera Software/Opera Stable", "config/Opera Software/Opera GX Stable"},
		darwin: []string{"config/com.operasoftware.Opera", "config/com.operasoftware.OperaGX"},
		linux: []string{
			"config/opera",
			"home/snap/opera/current/.config/opera",
			"home/.var/app/com.opera.Opera/config/opera",
		},
	},
	{
		name: "Firefox", firefox: true, windows: []string{"config/Mozilla/Firefox"}, darwin: []string{"config/Firefox"},
		linux: []string{
			"home/.mozilla/firefox",
			"config/mozilla/firefox",
			"home/snap/firefox/common/.mozilla/firefox",
			"home/.var/app/org.mozilla.firefox/.mozilla/firefox",
		},
	},
}

// Browsers lists the profiles with saved logins, browser by browser.
func Browsers(at Folders) []Profile {
	var out []Profile
	for _, b := range browsers {
		for _, dir := range b.dirs(at) {
			found := chromiumProfiles(b.name, dir)
			if b.firefox {
				found = firefoxProfiles(b.name, dir)
			}
			out = append(out, found...)
		}
	}
	return out
}

// dirs returns the folders a browser may have on this system.
func (b browser) dirs(at Folders) (dirs []string) {
	list := b.linux
	switch at.GOOS {
	case "windows":
		list = b.windows
	case "darwin":
		list = b.darwin
	}
	roots := map[string]string{"home": at.Home, "config": at.Config, "local": at.Local}
	for _, d := range list {
		root, rest, _ := strings.Cut(d, "/")
		if roots[root] != "" {
			dirs = append(dirs, filepath.Join(roots[root], filepath.FromSlash(rest)))
		}
	}
	return dirs
}

// maxState bounds the files that name profiles.
const maxState = 8 << 20

// chromiumProfiles lists the folder itself and its sub-folders that hold a
// password store; "Local State" knows what the person called them.
func chromiumProfiles(name, dir string) (out []Profile) {
	var state struct {
		Profile struct {
			Names map[string]struct {
				Name string `json:"name"`
			} `json:"info_cache"`
		} `json:"profile"`
	}
	_ = json.Unmarshal(readSmall(filepath.Join(dir, "Local State")), &state)
	folders := []string{"."}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if e.IsDir() && e.Name() != "System Profile" && e.Name() != "Guest Profile" {
			folders = append(folders, e.Name())
		}
	}
	for _, f := range folders {
		p := Profile{Browser: name, Name: first(state.Profile.Names[f].Name, f)}
		if f == "." {
			p.Name = filepath.Base(dir)
		}
		for _, file := range []string{"Login Data", "Login Data For Account"} {
			if full := filepath.Join(dir, f, file); regular(full) {
				p.Paths = append(p.Paths, full)
			}
		}
		if len(p.Paths) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// firefoxProfiles lists the profiles that profiles.ini names.
func firefoxProfiles(name, dir string) (out []Profile) {
	add := func(s map[string]string) {
		folder := filepath.FromSlash(s["path"])
		if s["isrelative"] != "0" {
			folder = filepath.Join(dir, folder)
		}
		file := filepath.Join(folder, "logins.json")
		same := func(p Profile) bool { return p.Paths[0] == file }
		if s["path"] != "" && regular(file) && !slices.ContainsFunc(out, same) {
			out = append(out, Profile{name, first(s["name"], filepath.Base(folder)), []string{file}})
		}
	}
	section := map[string]string{}
	lines := bufio.NewScanner(strings.NewReader(string(readSmall(filepath.Join(dir, "profiles.ini")))))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(line, "[") {
			add(section)
			section = map[string]string{}
		}
		if key, value, ok := strings.Cut(line, "="); ok {
			section[strings.ToLower(key)] = value
		}
	}
	add(section)
	return out
}

func regular(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().IsRegular() && info.Size() > 0
}

// readSmall reads a file that is never large; what cannot be read is empty.
func readSmall(file string) []byte {
	f, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer f.Close()
	b, _ := io.ReadAll(io.LimitReader(f, maxState))
	return b
}
