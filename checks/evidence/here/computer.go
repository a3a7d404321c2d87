package here

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Computer is where a look looks.
type Computer struct {
	System  string            // as runtime.GOOS says it
	Home    string            // of the person
	Env     map[string]string // APPDATA, LOCALAPPDATA, XDG_CONFIG_HOME, XDG_DATA_HOME; what is missing is as usual
	Folders map[string]string // "downloads", "documents", "desktop": where they are not in their usual place
	Disk    Disk
}

// Disk is what is asked of the file system: names and what stands beside them, never contents.
type Disk interface {
	// ReadDir lists at most most names of a folder, in no order.
	ReadDir(name string, most int) ([]fs.DirEntry, error)
	// Lstat tells of a file without following a link.
	Lstat(name string) (fs.FileInfo, error)
	// Foreign reports a file of another user.
	Foreign(fs.FileInfo) bool
	// Cloud reports a file whose contents are elsewhere and would be fetched by opening it.
	Cloud(fs.FileInfo) bool
	// Mount tells the file system that a path lies on, and whether that is another computer's.
	Mount(name string) (id string, remote bool)
}

// usualFolders are the folders in which people keep files, and their usual names.
var usualFolders = []struct{ id, name, xdg string }{
	{"downloads", "Downloads", "XDG_DOWNLOAD_DIR"},
	{"documents", "Documents", "XDG_DOCUMENTS_DIR"},
	{"desktop", "Desktop", "XDG_DESKTOP_DIR"},
}

// ThisComputer is the computer of the person who runs the program.
func ThisComputer() Computer {
	home, _ := os.UserHomeDir()
	c := Computer{System: runtime.GOOS, Home: home, Env: map[string]string{}, Folders: systemFolders(), Disk: newDisk()}
	for _, name := range []string{"APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		if v := os.Getenv(name); filepath.IsAbs(v) {
			c.Env[name] = v
		}
	}
	if c.System != "windows" && c.System != "darwin" && home != "" {
		c.Folders = userDirs(filepath.Join(c.variable("XDG_CONFIG_HOME"), "user-dirs.dirs"), home)
	}
	return c
}

// variable is the folder that a variable of the data stands for; "" where it is not known.
func (c Computer) variable(name string) string {
	if v := c.Env[name]; v != "" {
		return v
	}
	usual := map[string]string{
		"USERPROFILE": ".", "APPDATA": "AppData/Roaming", "LOCALAPPDATA": "AppData/Local",
		"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share",
	}[name]
	if c.Home == "" || usual == "" {
		return ""
	}
	return filepath.Join(c.Home, filepath.FromSlash(usual))
}

// split parts a path of the data into the folder it begins at and the names below; "" where that is not known.
func (c Computer) split(p string) (root string, names []string) {
	first, rest, _ := strings.Cut(p, "/")
	if first == "~" {
		root = c.Home
	} else {
		root = c.variable(strings.Trim(first, "%$"))
	}
	if rest != "" {
		names = strings.Split(rest, "/")
	}
	return root, names
}

// usual is one of the usual folders.
func (c Computer) usual(id, name string) string {
	if v := c.Folders[id]; v != "" {
		return v
	}
	if c.Home == "" {
		return ""
	}
	return filepath.Join(c.Home, name)
}

// Downloads is the folder to which browsers save; "" where it is not known.
func (c Computer) Downloads() string { return c.usual(usualFolders[0].id, usualFolders[0].name) }

// userDirs reads where a Linux desktop keeps the usual folders, whose names are in the person's language
// (https://www.freedesktop.org/wiki/Software/xdg-user-dirs/). A folder that is the home itself is switched off.
func userDirs(file, home string) map[string]string {
	out := map[string]string{}
	f, err := os.Open(file)
	if err != nil {
		return out
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 0; n < 200 && lines.Scan(); n++ {
		key, value, _ := strings.Cut(strings.TrimSpace(lines.Text()), "=")
		value = strings.Trim(value, `"`)
		if rest, in := strings.CutPrefix(value, "$HOME/"); in {
			value = filepath.Join(home, rest)
		}
		for _, u := range usualFolders {
			if u.xdg == key && filepath.IsAbs(value) && filepath.Clean(value) != filepath.Clean(home) {
				out[u.id] = filepath.Clean(value)
			}
		}
	}
	return out
}

// disk is the file system of this computer.
type disk struct {
	uid    uint32
	mounts []mount
}

// mount is a file system and the folder it is at.
type mount struct {
	at     string
	remote bool
}

func (disk) Lstat(name string) (fs.FileInfo, error) { return os.Lstat(name) }

func (disk) ReadDir(name string, most int) ([]fs.DirEntry, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(most)
	if len(entries) > 0 || errors.Is(err, io.EOF) {
		err = nil
	}
	return entries, err
}
