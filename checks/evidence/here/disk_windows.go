package here

import (
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/windows"
)

// Attributes of a file whose contents are in the cloud
// (https://learn.microsoft.com/windows/win32/fileio/file-attribute-constants).
const (
	attributeOffline      = 0x1000
	attributeRecallOnOpen = 0x40000
	attributeRecallOnData = 0x400000
)

func newDisk() Disk { return disk{} }

// Foreign is false: a person's own folder is closed to other users by its access list, which is asked by opening.
func (disk) Foreign(fs.FileInfo) bool { return false }

func (disk) Cloud(info fs.FileInfo) bool {
	a, is := info.Sys().(*syscall.Win32FileAttributeData)
	return is && a.FileAttributes&(attributeOffline|attributeRecallOnOpen|attributeRecallOnData) != 0
}

func (disk) Mount(name string) (string, bool) {
	volume := filepath.VolumeName(name)
	if strings.HasPrefix(volume, `\\`) {
		return volume, true
	}
	p, err := windows.UTF16PtrFromString(volume + `\`)
	return volume, err == nil && windows.GetDriveType(p) == windows.DRIVE_REMOTE
}

// systemFolders asks Windows where the usual folders are: OneDrive moves them.
func systemFolders() map[string]string {
	out := map[string]string{}
	for id, known := range map[string]*windows.KNOWNFOLDERID{
		"downloads": windows.FOLDERID_Downloads,
		"documents": windows.FOLDERID_Documents,
		"desktop":   windows.FOLDERID_Desktop,
	} {
		if p, err := windows.KnownFolderPath(known, windows.KF_FLAG_DEFAULT); err == nil {
			out[id] = p
		}
	}
	return out
}
