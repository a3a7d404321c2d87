package here

import (
	"embed"
	"io/fs"
	"path"

	"unlisted/checks/datafile"
)

//go:embed sources/*.json
var files embed.FS

// source is where one program keeps what can be read, or what the files of one kind are called. Paths begin with ~,
// %APPDATA%, %LOCALAPPDATA%, %USERPROFILE%, $XDG_CONFIG_HOME or $XDG_DATA_HOME, have slashes on every system, and may
// have * in a name.
type source struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"` // "": that of its folder, or file
	Kind    Kind     `json:"kind"`
	Proves  string   `json:"proves"`
	Windows []string `json:"windows"` // folders of the program
	Darwin  []string `json:"darwin"`
	Linux   []string `json:"linux"`
	Take    []string `json:"take"`         // what is read below them; a folder ends in a slash
	Skip    []string `json:"skip"`         // folders that are not the person's
	Needs   []string `json:"needs"`        // what the program's folder must hold
	Inside  []string `json:"needs_inside"` // what a folder that is taken must hold
	Files   []string `json:"files"`        // names of files in the usual folders, in any case; a folder ends in a slash

	rules
	Source string `json:"source"` // where the fact is from
	Date   string `json:"date"`   // when it was looked up
}

// rules say how what is found is offered.
type rules struct {
	Each       bool  `json:"each"`      // every folder that is taken is a find of its own
	Seconds    int   `json:"seconds"`   // that reading takes, where the size says nothing
	MinBytes   int64 `json:"min_bytes"` // smaller files are empty
	Permission Need  `json:"permission"`
	Clear      bool  `json:"clear"` // the files hold passwords or codes in clear
}

// sources reads the data, those with a name first: what only looks like a known program comes after.
func sources() (out []source) {
	var kin []source
	for _, e := range datafile.Must(fs.ReadDir(files, "sources")) {
		name := path.Join("sources", e.Name())
		var s source
		raw := datafile.Must(fs.ReadFile(files, name))
		datafile.Must(0, datafile.Decode(name, raw, &s))
		if s.Name == "" && len(s.Files) == 0 {
			kin = append(kin, s)
			continue
		}
		out = append(out, s)
	}
	return append(out, kin...)
}

func (s source) folders(system string) []string {
	switch system {
	case "windows":
		return s.Windows
	case "darwin":
		return s.Darwin
	}
	return s.Linux
}
