package kit

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/job"
	"unlisted/checks/text"
)

// Work is what takes time: it reports how far it is and ends early when ctx is
// done.
type Work func(ctx context.Context, report func(job.Progress)) error

// Running is how the work under way stands.
type Running struct {
	Progress job.Progress // its step is a text key
	Since    time.Time
	Stopping bool
	Waiting  int    // how much else waits for it
	Stop     func() // nil: it cannot be stopped, and is soon over
}

// JobBar shows the work under way and how to stop it.
type JobBar struct {
	*fyne.Container
	scope       *Scope
	step, speed *widget.Label
	bar         *widget.ProgressBar
	stop        *button
	node        *Node
	progress    *Node
	now         *Running
}

// JobBar makes a job bar of nothing, which is hidden.
func (s *Scope) JobBar() *JobBar {
	b := &JobBar{scope: s, step: widget.NewLabel(""), speed: widget.NewLabel(""), bar: widget.NewProgressBar()}
	b.stop = &button{kit: s.Kit}
	b.stop.OnTapped = func() {
		if b.now != nil && b.now.Stop != nil {
			b.now.Stop()
		}
	}
	b.stop.ExtendBaseWidget(b.stop)
	b.Container = container.NewBorder(s.Line(), nil, b.step, container.NewHBox(b.speed, b.stop), b.bar)
	b.Hide()
	b.node = &Node{
		Role: "button", ID: "stop", Object: b.stop, Press: func() { b.stop.Tapped(nil) },
		On:    func() bool { return b.Visible() && !b.stop.Disabled() },
		Value: func() string { return b.step.Text },
		State: func() State { return State{Hidden: !b.Visible()} },
	}
	b.progress = &Node{
		Role: "progress", ID: "progress", Object: b.bar, Live: true,
		Value: func() string { return b.speed.Text },
		State: func() State { return State{Hidden: !b.Visible(), Part: b.bar.Value} },
	}
	s.add(b.progress)
	s.add(b.node)
	b.Show(nil)
	return b
}

// Show shows how the work stands, in the words of the moment; nil for none.
func (b *JobBar) Show(r *Running) {
	t := b.scope.Text
	b.now = r
	b.node.Name = t.T("kit.stop")
	if r == nil {
		b.step.SetText("")
		b.progress.Name = t.T("kit.progress")
		b.Hide()
		return
	}
	step := t.T(r.Progress.Step)
	if r.Waiting > 0 {
		step = t.N("kit.waiting", r.Waiting, "step", step)
	}
	b.step.SetText(step)
	b.progress.Name = step
	b.bar.SetValue(fraction(r.Progress))
	b.speed.SetText(Speed(t, r.Progress, time.Since(r.Since)))
	switch {
	case r.Stopping:
		b.stop.SetText(t.T("kit.stopping"))
		b.stop.Disable()
	case r.Stop == nil:
		b.stop.SetText(t.T("kit.stop"))
		b.stop.Disable()
	default:
		b.stop.SetText(t.T("kit.stop"))
		b.stop.Enable()
	}
	b.Container.Show()
}

// Hide takes the bar out of sight.
func (b *JobBar) Hide() { b.Container.Hide() }

func fraction(p job.Progress) float64 {
	if p.Total <= 0 {
		return 0
	}
	return min(1, float64(p.Done)/float64(p.Total))
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
