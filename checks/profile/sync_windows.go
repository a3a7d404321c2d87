package profile

// syncFolder does nothing: Windows cannot sync a folder, and NTFS journals
// renames.
func syncFolder(string) error { return nil }
