package kit

import "fyne.io/fyne/v2"

// The type scale and spacing of the whole program, in device-independent
// pixels at 100 % text. Nothing else in ui names a size.
const (
	sizeBody    = 15
	sizeCaption = 13
	sizeTag     = 12
	sizeHeading = 18
	sizeFigure  = 30
	sizeTitle   = 28

	gapSmall  = 4  // lines that belong together
	gap       = 10 // parts of one thing
	gapLarge  = 16 // cards
	pageInset = 32
	cardInset = 20
	rowInset  = 12

	// innerPadding is what the toolkit leaves around the words of its controls;
	// prose takes it back so that words and buttons have the same left edge.
	innerPadding = 8

	radius     = 8
	cardRadius = 12
	iconSize   = 19
	squareSize = 34  // a monogram
	lineLength = 620 // about 75 characters of body text
	railWidth  = 155

	// wideEnough is the width of a window, at 100 % text, from which columns stand
	// side by side.
	wideEnough = 1000
	// widest is what a page takes of a very wide window, at 100 % text.
	widest = 1400
)

// Names of our own sizes, for labels.
const (
	sizeNameTitle   fyne.ThemeSizeName = "unlistedTitle"
	sizeNameHeading fyne.ThemeSizeName = "unlistedHeading"
)
