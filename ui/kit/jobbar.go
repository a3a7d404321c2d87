package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/job"
)

// JobBar shows one running job and how to stop it. Hidden, it draws nothing.
type JobBar struct {
	*fyne.Container
	scope *Scope
	step  *widget.Label
	bar   *widget.ProgressBar
	stop  *button
	stops func()
}

// JobBar makes a hidden job bar.
func (s *Scope) JobBar() *JobBar {
	b := &JobBar{scope: s, step: widget.NewLabel(""), bar: widget.NewProgressBar(), stop: &button{}}
	b.stop.Text = s.Text.T("kit.stop")
	b.stop.OnTapped = func() {
		b.stop.SetText(s.Text.T("kit.stopping"))
		b.stop.Disable()
		b.stops()
	}
	b.stop.ExtendBaseWidget(b.stop)
	b.Container = container.NewBorder(s.Line(), nil, b.step, b.stop, b.bar)
	b.Hide()
	s.add(&Node{Role: "button", Name: b.stop.Text, Object: b.stop, Press: func() { b.stop.Tapped(nil) }, On: func() bool { return b.Visible() && !b.stop.Disabled() }})
	return b
}

// Start shows the bar for a job that stop cancels.
func (b *JobBar) Start(step string, stop func()) {
	b.stops = stop
	b.stop.SetText(b.scope.Text.T("kit.stop"))
	b.stop.Enable()
	b.step.SetText(b.scope.Text.T(step))
	b.bar.SetValue(0)
	b.Show()
}

// Progress shows how far the job is.
func (b *JobBar) Progress(p job.Progress) {
	b.step.SetText(b.scope.Text.T(p.Step))
	if p.Total > 0 {
		b.bar.SetValue(min(1, float64(p.Done)/float64(p.Total)))
	}
}

// Done hides the bar.
func (b *JobBar) Done() { b.Hide() }
