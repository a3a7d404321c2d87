package archive

import "unlisted/checks/evidence"

// services lists the importers of archives of accounts other than social ones.
// Generic is not among them: it has to know every other importer.
func services() []evidence.Importer {
	return []evidence.Importer{
		googleArchive{},
		appleArchive{},
		microsoftArchive{},
		amazonArchive{},
		whatsappArchive{},
		telegramResult{},
		uberTable{},
		airbnbArchive{},
		paypalArchive{},
		openaiUser{},
		tinderData{},
		hingeUser{},
	}
}
