package archive

// Services are the importers of these files, for tests that scan with nothing
// else.
var Services = services
