package overview

// Undated lists the formats of wishes that name days to wait without saying where they are from and of when.
func Undated() (out []string) {
	for _, r := range readWishes().Wishes {
		if r.Days != nil && *r.Days > 0 && (r.Source == "" || r.Date == "") {
			out = append(out, r.Format)
		}
	}
	return out
}
