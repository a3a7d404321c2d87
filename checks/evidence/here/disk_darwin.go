package here

import (
	"io/fs"
	"os"
	"syscall"
)

// dataless marks a file whose contents are in the cloud: SF_DATALESS of sys/stat.h.
const dataless = 0x40000000

// localMount is MNT_LOCAL of sys/mount.h.
const localMount = 0x1000

func newDisk() Disk { return disk{uid: uint32(os.Getuid())} }

func (d disk) Foreign(info fs.FileInfo) bool {
	st, is := info.Sys().(*syscall.Stat_t)
	return is && st.Uid != d.uid
}

func (disk) Cloud(info fs.FileInfo) bool {
	st, is := info.Sys().(*syscall.Stat_t)
	return is && st.Flags&dataless != 0
}

func (disk) Mount(name string) (string, bool) {
	var st syscall.Statfs_t
	if syscall.Statfs(name, &st) != nil {
		return "", false
	}
	b := make([]byte, 0, len(st.Mntonname))
	for _, c := range st.Mntonname {
		if c == 0 {
			break
		}
		b = append(b, byte(c))
	}
	return string(b), st.Flags&localMount == 0
}

func systemFolders() map[string]string { return nil }
