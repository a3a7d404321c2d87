package archive

import "unlisted/checks/evidence"

// social lists the importers of the archives of social networks and of what
// people watch and listen to.
func social() []evidence.Importer {
	return []evidence.Importer{
		instagramArchive{}, linkedinArchive{}, tiktokArchive{}, snapchatArchive{}, discordArchive{}, redditArchive{}, spotifyArchive{}, netflixArchive{},
	}
}
