package kit

import "fyne.io/fyne/v2"

// The type scale and spacing of the whole program, in device-independent
// pixels at 100 % text. Nothing else in ui names a size.
const (
	sizeBody    = 15
	sizeCaption = 13
	sizeHeading = 19
	sizeTitle   = 27

	gapSmall  = 4
	gap       = 6
	gapLarge  = 20
	pageInset = 28

	radius     = 8
	lineLength = 660 // about 75 characters of body text
	railWidth  = 176
)

// Names of our own sizes, for labels.
const (
	sizeNameTitle   fyne.ThemeSizeName = "unlistedTitle"
	sizeNameHeading fyne.ThemeSizeName = "unlistedHeading"
)
