package kit

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/job"
	"unlisted/checks/text"
)

// JobBar shows one running job and how to stop it. Hidden, it draws nothing.
type JobBar struct {
	*fyne.Container
	scope *Scope
	step  *widget.Label
	speed *widget.Label
	since time.Time
	bar   *widget.ProgressBar
	stop  *button
	stops func()
}

// JobBar makes a hidden job bar.
func (s *Scope) JobBar() *JobBar {
	b := &JobBar{scope: s, step: widget.NewLabel(""), speed: widget.NewLabel(""), bar: widget.NewProgressBar(), stop: &button{}}
	b.stop.Text = s.Text.T("kit.stop")
	b.stop.OnTapped = func() {
		b.stop.SetText(s.Text.T("kit.stopping"))
		b.stop.Disable()
		b.stops()
	}
	b.stop.ExtendBaseWidget(b.stop)
	b.Container = container.NewBorder(s.Line(), nil, b.step, container.NewHBox(b.speed, b.stop), b.bar)
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
	b.speed.SetText("")
	b.since = time.Now()
	b.bar.SetValue(0)
	b.Show()
}

// Progress shows how far the job is.
func (b *JobBar) Progress(p job.Progress) {
	b.step.SetText(b.scope.Text.T(p.Step))
	if p.Total > 0 {
		b.bar.SetValue(min(1, float64(p.Done)/float64(p.Total)))
	}
	b.speed.SetText(Speed(b.scope.Text, p, time.Since(b.since)))
}

// Speed says how fast a job is and how long it still takes, as far as that is
// known.
func Speed(t *text.Printer, p job.Progress, elapsed time.Duration) string {
	rate, left := job.Rate(p, elapsed)
	var parts []string
	if p.Bytes && rate > 0 {
		parts = append(parts, t.T("kit.speed", "n", t.Number(max(1, rate/1e6))))
	}
	switch {
	case left > 90*time.Second:
		parts = append(parts, t.T("kit.left.minutes", "n", t.Number(int64(left.Round(time.Minute)/time.Minute))))
	case left > 0:
		parts = append(parts, t.T("kit.left.seconds", "n", t.Number(int64(max(1, left.Round(time.Second)/time.Second)))))
	}
	return strings.Join(parts, " · ")
}

// Done hides the bar.
func (b *JobBar) Done() { b.Hide() }
