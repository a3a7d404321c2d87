//go:build linux

package atspi

import (
	"context"
	"time"

	"github.com/godbus/dbus/v5"
)

// The bus of the session says where the accessibility bus is, and whether
// anybody listens there.
const (
	busName    = "org.a11y.Bus"
	busPath    = "/org/a11y/bus"
	statusName = "org.a11y.Status"
)

// Run shows the window to assistive technology until ctx is done. It blocks.
//
// It is at work only while the session says that assistive technology is on
// (org.a11y.Status: IsEnabled, or ScreenReaderEnabled, which screen readers set
// when they start), and takes it up when that changes. Until then it holds one
// connection to the session's bus, sleeps, and does not start the accessibility
// bus where there is none. Without a bus it returns the reason at once.
func Run(ctx context.Context, w Window) error {
	session, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
	if err != nil {
		return err
	}
	defer func() { _ = session.Close() }()
	if err := greet(session); err != nil {
		return err
	}
	signals := make(chan *dbus.Signal, 16)
	session.Signal(signals)
	for _, rule := range [][]dbus.MatchOption{
		{
			dbus.WithMatchObjectPath(busPath), dbus.WithMatchInterface(propertiesName),
			dbus.WithMatchMember("PropertiesChanged"),
		},
		{
			dbus.WithMatchSender("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"),
			dbus.WithMatchArg(0, busName),
		},
	} {
		if err := session.AddMatchSignalContext(ctx, rule...); err != nil {
			return err
		}
	}
	for {
		if wanted(ctx, session) {
			failed := show(ctx, session, signals, w)
			if ctx.Err() == nil && failed != nil && !pause(ctx, session, signals, again) {
				return ctx.Err()
			}
			if failed != nil {
				continue
			}
		}
		if !pause(ctx, session, signals, 0) {
			return ctx.Err()
		}
	}
}

// greet makes a connection ready.
func greet(c *dbus.Conn) error {
	if err := c.Auth(nil); err != nil {
		return err
	}
	return c.Hello()
}

// pause waits for a signal, or for some time; false at the end.
func pause(ctx context.Context, session *dbus.Conn, signals <-chan *dbus.Signal, most time.Duration) bool {
	var timeout <-chan time.Time
	if most > 0 {
		timer := time.NewTimer(most)
		defer timer.Stop()
		timeout = timer.C
	}
	select {
	case <-ctx.Done():
		return false
	case <-session.Context().Done():
		return false
	case _, open := <-signals:
		return open
	case <-timeout:
		return true
	}
}

// wanted reports whether assistive technology is on.
func wanted(ctx context.Context, session *dbus.Conn) bool {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	for _, name := range []string{"ScreenReaderEnabled", "IsEnabled"} {
		var on bool
		call := session.Object(busName, busPath).
			CallWithContext(ctx, propertiesName+".Get", dbus.FlagNoAutoStart, statusName, name)
		if call.Store(&on) == nil && on {
			return true
		}
	}
	return false
}

// show is at work on the accessibility bus until assistive technology is off
// (nil) or the bus is gone.
func show(ctx context.Context, session *dbus.Conn, signals <-chan *dbus.Signal, w Window) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	conn, err := connect(ctx, session)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	s := &server{window: w, name: conn.Names()[0]}
	looks := make(chan look, 1)
	s.look(looks)
	wake := time.NewTimer(deadline) // set anew after each look
	defer wake.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-conn.Context().Done():
			return dbus.ErrClosed
		case <-session.Context().Done():
			return dbus.ErrClosed
		case <-signals:
			if !wanted(ctx, session) {
				return nil
			}
		case <-wake.C:
			s.look(looks)
		case l := <-looks:
			began := time.Now()
			if err := s.take(ctx, conn, l); err != nil {
				return err
			}
			wake.Reset(max(pace, calm*(l.took+time.Since(began))))
		}
	}
}

// connect makes a connection to the accessibility bus.
func connect(ctx context.Context, session *dbus.Conn) (*dbus.Conn, error) {
	asking, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	var address string
	call := session.Object(busName, busPath).CallWithContext(asking, busName+".GetAddress", 0)
	if err := call.Store(&address); err != nil {
		return nil, err
	}
	conn, err := dbus.Dial(address, dbus.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	if err := greet(conn); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return conn, nil
}

// look is what the window showed at one moment.
type look struct {
	window *Node
	locale string
	took   time.Duration
}

// look looks at the window, on its thread.
func (s *server) look(to chan<- look) {
	s.window.Post(func() {
		began := time.Now()
		l := look{window: s.window.Look(), locale: s.window.Locale()}
		l.took = time.Since(began)
		to <- l
	})
}

// take makes what was seen what the bus is answered from, and tells what
// changed. The first time it puts the window on the bus.
func (s *server) take(ctx context.Context, conn *dbus.Conn, l look) error {
	var before *snapshot
	if v := s.now.Load(); v != nil {
		before = v.snapshot
	}
	now := &view{next(before, s.window.App, l.window), l.locale}
	s.now.Store(now)
	if before == nil {
		if err := s.embed(ctx, conn); err != nil {
			return err
		}
	}
	for _, e := range changes(before, now.snapshot) {
		if err := s.emit(conn, e); err != nil {
			return err
		}
	}
	for _, it := range gone(before, now.snapshot) {
		if err := conn.Emit(cachePath, "org.a11y.atspi.Cache.RemoveAccessible", s.ref(it)); err != nil {
			return err
		}
	}
	return nil
}

// embed registers the program with the desktop.
func (s *server) embed(ctx context.Context, conn *dbus.Conn) error {
	if err := s.export(conn); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	var desktop ref
	return conn.Object("org.a11y.atspi.Registry", rootPath).
		CallWithContext(ctx, "org.a11y.atspi.Socket.Embed", 0, s.ref(s.now.Load().root)).Store(&desktop)
}

// emit sends one event.
func (s *server) emit(conn *dbus.Conn, e event) error {
	v := e.value
	if it, is := v.(*item); is {
		v = s.ref(it)
	}
	return conn.Emit(dbus.ObjectPath(e.of.path), "org.a11y.atspi.Event."+e.class+"."+e.member,
		e.detail, e.a, e.b, dbus.MakeVariant(v), map[string]dbus.Variant{})
}
