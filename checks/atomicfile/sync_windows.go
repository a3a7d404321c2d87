package atomicfile

// SyncFolder does nothing: Windows cannot sync a folder, and NTFS journals
// renames.
func SyncFolder(string) error { return nil }
