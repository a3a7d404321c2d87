package gallery

// answerScenes are the start screen and the pages that answer in pictures.
func answerScenes() []Scene {
	return []Scene{
		{Name: "start"},
		{Name: "overview-empty", Place: "overview"},
		{Name: "whatif-empty", Place: "whatif"},
		{Name: "overview", Sample: true, Place: "overview"},
		{Name: "overview-3", Claims: 3, Place: "overview"},
		{Name: "overview-300", Claims: 300, Place: "overview"},
		{Name: "overview-5000", Claims: 5000, Place: "overview"},
		{Name: "whatif", Sample: true, Place: "whatif"},
		{Name: "whatif-after", Sample: true, Place: "whatif", Arg: "steal/number,mailbox/planned"},
		{Name: "whatif-lost", Sample: true, Place: "whatif", Arg: "lose/phone"},
		{Name: "whatif-more", Sample: true, Place: "whatif", Press: []string{"whatif.chip.more"}},
		{Name: "whatif-list", Sample: true, Place: "whatif", Arg: "list"},
		{Name: "whatif-grades", Sample: true, Place: "whatif", Arg: "grades"},
		{Name: "whatif-3", Claims: 3, Place: "whatif"},
		{Name: "whatif-30", Claims: 30, Place: "whatif"},
		{Name: "whatif-300", Claims: 300, Place: "whatif"},
	}
}
