package profile

// Error is a failure of the store that the person can act on.
type Error struct {
	key string
	err error
}

func (e *Error) Error() string {
	if e.err == nil {
		return "profile: " + e.key
	}
	return "profile: " + e.key + ": " + e.err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.err }

// Is matches by kind, whatever the cause.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.key == e.key
}

// Explain gives the text key of the sentence for the person.
func (e *Error) Explain() (string, map[string]any) { return "error.profile." + e.key, nil }

// The ways opening or saving a profile ends badly.
var (
	ErrNone        = &Error{key: "none"}         // there is no profile yet
	ErrInUse       = &Error{key: "in_use"}       // another window has it open
	ErrLocked      = &Error{key: "locked"}       // its key is not to be had: ask for the passphrase
	ErrPassphrase  = &Error{key: "passphrase"}   // the passphrase is wrong
	ErrRecoveryKey = &Error{key: "recovery_key"} // the recovery key is another profile's, or mistyped
	ErrDamaged     = &Error{key: "damaged"}      // the file cannot be read
	ErrNewer       = &Error{key: "newer"}        // written by a newer version of the program
	ErrSave        = &Error{key: "save"}         // could not be written; the old file is whole
	ErrKeyring     = &Error{key: "keyring"}      // no keyring to keep the key in, or one that does not give it back
	ErrNoSecret    = &Error{key: "no_secret"}    // an empty passphrase
	ErrUntried     = &Error{key: "untried"}      // nothing but the keyring is known to open the file
	ErrNotAFile    = &Error{key: "not_a_file"}   // a folder, pipe or device stands where the profile should
	ErrLink        = &Error{key: "link"}         // the profile is a link that leads nowhere
	ErrNoVersion   = &Error{key: "no_version"}   // there is no previous version of that number, or it cannot be read
)

func wrap(e *Error, err error) error { return &Error{key: e.key, err: err} }
