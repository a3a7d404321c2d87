package atspi

import "time"

// Window is what the bridge needs of the window it shows.
type Window struct {
	App     string        // name of the program
	Version string        // of the program
	Locale  func() string // of the words in it, such as "fr"; runs on the window's thread
	Post    func(func())  // runs a function on the window's thread
	Look    func() *Node  // what the window shows now; runs on the window's thread
}

const (
	// pace is how often the window is looked at while assistive technology is on.
	// The toolkit tells nobody when the focus moves or a letter is typed.
	pace = 100 * time.Millisecond
	// calm is how many times as long as looking takes nobody looks again: a large
	// window is looked at less often.
	calm = 20
	// patience is how long a question may wait for the window's thread.
	patience = time.Second
	// deadline is how long a call over the bus may take.
	deadline = 5 * time.Second
	// again is when a bus that could not be reached is tried once more.
	again = 10 * time.Second
)
