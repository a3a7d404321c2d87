package evidence

import "reflect"

// Refusal is one reason why something was not read, with the files it holds for: what holds for many is said once.
type Refusal struct {
	Problem Problem
	Names   []string // the first of the files, as the person knows them
	More    int      // how many further ones there are
	last    string
}

// refusalNames is how many files of a Refusal are named.
const refusalNames = 3

// Refusals groups the problems of all sources by their reason, in the order of the first of each.
func Refusals(sources []Source) []Refusal {
	var out []Refusal
	for _, s := range sources {
		for _, p := range s.Problems {
			i := 0
			for i < len(out) && (out[i].Problem.What != p.What || !reflect.DeepEqual(out[i].Problem.Args, p.Args)) {
				i++
			}
			if i == len(out) {
				out = append(out, Refusal{Problem: p})
			}
			out[i].add(s.Path)
		}
	}
	return out
}

// add counts a file once, however many of its parts have the same problem.
func (r *Refusal) add(path string) {
	switch {
	case r.last == path && len(r.Names) > 0:
		return
	case len(r.Names) < refusalNames:
		r.Names = append(r.Names, path)
	default:
		r.More++
	}
	r.last = path
}

// Locked reports whether a password or a key file that the person has would help.
func (p *Problem) Locked() bool {
	return p.What == "error.evidence.locked" || p.What == "error.evidence.wrong_password"
}
