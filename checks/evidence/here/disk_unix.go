//go:build !windows && !darwin

package here

import (
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// remoteTypes are the file systems of /proc/self/mountinfo that are another computer's.
var remoteTypes = []string{
	"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ceph", "glusterfs", "davfs",
	"fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.gvfsd-fuse", "fuse.kio-fuse", "fuse.s3fs", "fuse.glusterfs",
}

// newDisk reads the list of file systems: asking one that hangs would hang too.
func newDisk() Disk {
	d := disk{uid: uint32(os.Getuid())}
	table, _ := os.ReadFile("/proc/self/mountinfo")
	d.mounts = mountsOf(string(table))
	return d
}

// mountsOf reads lines such as "36 35 98:0 / /mnt rw - nfs host:/x rw" (proc_pid_mountinfo(5)); blanks in a path are
// written \040.
func mountsOf(table string) (out []mount) {
	for line := range strings.Lines(table) {
		before, after, _ := strings.Cut(line, " - ")
		where, what := strings.Fields(before), strings.Fields(after)
		if len(where) < 5 || len(what) < 1 {
			continue
		}
		m := mount{at: strings.NewReplacer(`\040`, " ", `\011`, "\t", `\134`, `\`).Replace(where[4])}
		for _, t := range remoteTypes {
			m.remote = m.remote || t == what[0]
		}
		out = append(out, m)
	}
	return out
}

func (d disk) Foreign(info fs.FileInfo) bool {
	st, is := info.Sys().(*syscall.Stat_t)
	return is && st.Uid != d.uid
}

// Cloud is false: what Linux mounts of a cloud is a network drive.
func (disk) Cloud(fs.FileInfo) bool { return false }

func (d disk) Mount(name string) (string, bool) {
	var best mount
	for _, m := range d.mounts {
		in := m.at == "/" || name == m.at || strings.HasPrefix(name, m.at+"/")
		if in && len(m.at) >= len(best.at) { // the later of two at one place lies above
			best = m
		}
	}
	return best.at, best.remote
}

func systemFolders() map[string]string { return nil }
