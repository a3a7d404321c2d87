package here

// Sources gives the tests the data.
func Sources() []source { return sources() }

// UserDirs gives the tests what a desktop's list of folders says.
func UserDirs(file, home string) map[string]string { return userDirs(file, home) }
