package profile

// CheapPassphrases makes passphrases cost next to nothing, for tests.
func CheapPassphrases() { workFactor = 4 }
