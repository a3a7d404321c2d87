package profile

import "unlisted/checks/text"

// The ways opening or saving a profile ends badly.
var (
	ErrNone        = &text.Error{Key: "error.profile.none"}         // there is no profile yet
	ErrInUse       = &text.Error{Key: "error.profile.in_use"}       // another window has it open
	ErrLocked      = &text.Error{Key: "error.profile.locked"}       // its key is not to be had: ask for the passphrase
	ErrPassphrase  = &text.Error{Key: "error.profile.passphrase"}   // the passphrase is wrong
	ErrRecoveryKey = &text.Error{Key: "error.profile.recovery_key"} // the recovery key is another profile's, or mistyped
	ErrDamaged     = &text.Error{Key: "error.profile.damaged"}      // the file cannot be read
	ErrNewer       = &text.Error{Key: "error.profile.newer"}        // written by a newer version of the program
	ErrSave        = &text.Error{Key: "error.profile.save"}         // could not be written; the old file is whole
	ErrKeyring     = &text.Error{Key: "error.profile.keyring"}      // no keyring, or one that gives no key back
	ErrNoSecret    = &text.Error{Key: "error.profile.no_secret"}    // an empty passphrase
	ErrUntried     = &text.Error{Key: "error.profile.untried"}      // nothing but the keyring is known to open the file
	ErrNotAFile    = &text.Error{Key: "error.profile.not_a_file"}   // a folder, pipe or device stands in its place
	ErrLink        = &text.Error{Key: "error.profile.link"}         // the profile is a link that leads nowhere
	ErrNoVersion   = &text.Error{Key: "error.profile.no_version"}   // no previous version of that number can be read
)

// wrap is e with what was behind it.
func wrap(e *text.Error, err error) error { return &text.Error{Key: e.Key, Cause: err} }
