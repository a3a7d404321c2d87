package job

import "time"

// settle is how long work runs before its speed says anything.
const settle = time.Second

// Rate returns how much was done a second, and how long the rest takes at that
// speed. Both are zero until the work has settled, or where nothing is known.
func Rate(p Progress, elapsed time.Duration) (perSecond int64, left time.Duration) {
	if elapsed < settle || p.Done <= 0 {
		return 0, 0
	}
	perSecond = int64(float64(p.Done) / elapsed.Seconds())
	if perSecond > 0 && p.Total > p.Done {
		left = time.Duration(float64(p.Total-p.Done) / float64(perSecond) * float64(time.Second))
	}
	return perSecond, left
}
