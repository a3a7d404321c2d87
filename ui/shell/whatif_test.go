package shell_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"unlisted/assets"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/ui/gallery"
	"unlisted/ui/kit"
)

// Without accounts the place leads to Find; without a number to You.
func TestReachEmpty(t *testing.T) {
	w := open(t, "en", empty())
	w.shell.Go("whatif", "")
	w.looksRight("whatif")
	w.press("Find accounts")
	w.says("Where may Unlisted look?")
	p := claimed(t, 3)
	p.Identifiers = slices.DeleteFunc(p.Identifiers, func(o profile.Own) bool { return o.ID.Kind == identifier.KindPhone })
	w = open(t, "en", p)
	w.shell.Go("whatif", "")
	w.says("Your number is missing")
	w.press("How strong are they?")
	w.says("The weakest first.")
	w.press("‹ The picture")
	w.press("Add your number")
	w.says("protect")
}

func claimed(t *testing.T, n int) *profile.Profile {
	t.Helper()
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	return gallery.Claimed(c, n)
}

// fall reads how many accounts the page says fall or are lost.
func (w *window) fall() int {
	w.Helper()
	for _, n := range w.shell.Kit().Nodes() {
		if m := regexp.MustCompile(`(?:open|out of) (\d+) of your \d+ accounts$`).FindStringSubmatch(n.Name); n.Role == "heading" && m != nil {
			i, _ := strconv.Atoi(m[1])
			return i
		}
	}
	return 0
}

// box is the box of the picture with a name.
func (w *window) box(name string) *kit.Node {
	w.Helper()
	for _, n := range w.shell.Kit().Nodes() {
		if f, ok := n.Object.(fyne.Focusable); ok && n.Role == "row" && n.Name == name && f != nil {
			return n
		}
	}
	w.Fatalf("no box %q in %q", name, w.names())
	return nil
}

// Every question has an answer, in every language, with nothing in full, and
// more in other hands never means less falls.
func TestReachQuestions(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		w := open(t, lang, nil)
		for _, arg := range []string{"", "steal/number", "steal/phone,mailbox", "steal/phone-unlocked", "steal/password", "lose/number", "lose/phone,password", "lose/mailbox/planned", "steal/number/planned", "steal/nothing@post.example", "lose"} {
			w.shell.Go("whatif", arg)
			w.looksRight("reach/" + arg)
			for _, n := range w.names() {
				if strings.Contains(n, "camille") || strings.Contains(n, "+336") {
					t.Errorf("%s shows %q", arg, n)
				}
			}
		}
	}
	w := open(t, "en", nil)
	w.shell.Go("whatif", "steal/number")
	number := w.fall()
	w.press("More…")
	w.press("My mailbox")
	both := w.fall()
	w.pressLike("After the plan ")
	after := w.fall()
	if number == 0 || both < number || after >= both {
		t.Errorf("the number opens %d, with the mailbox %d, after the plan %d", number, both, after)
	}
	w.press("My mailbox")
	w.press("My phone number")
	w.says("Choose what is stolen or lost")
	w.press("I lose it")
	w.press("My phone")
	w.says("Without your phone")
	w.press("Number stolen")
	w.says("With your number")
}

// pressLike presses the first thing whose name begins so.
func (w *window) pressLike(prefix string) {
	w.Helper()
	i := slices.IndexFunc(w.names(), func(n string) bool { return strings.HasPrefix(n, prefix) })
	if i < 0 {
		w.Fatalf("nothing begins with %q: %q", prefix, w.names())
	}
	w.press(w.names()[i])
}

// A box tells in words how its account falls while it has the focus; pressed, it
// stays beside the picture, and leads to the account.
func TestReachChain(t *testing.T) {
	w := open(t, "en", nil)
	w.shell.Go("whatif", "steal/number")
	n := w.box("Discord")
	w.win.Canvas().Focus(n.Object.(fyne.Focusable))
	said := w.shell.Kit().Find("text", "The picture").Value()
	if !strings.HasPrefix(said, "Discord falls like this\n") || !strings.Contains(said, "number") {
		t.Errorf("the picture says %q", said)
	}
	if v := n.Value(); v != "Falls with it." {
		t.Errorf("the box of Discord is %q", v)
	}
	w.win.Canvas().FocusNext()
	if now := w.shell.Kit().Find("text", "The picture").Value(); now == said {
		t.Error("Tab does not lead to the next box")
	}
	w.win.Canvas().Focus(n.Object.(fyne.Focusable))
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	w.pump()
	w.says("Discord falls like this")
	w.press("Open the account")
	w.says("What they hold")
}

// The lists behind the picture hold every account, and lead there and back.
func TestReachLists(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		w := open(t, lang, nil)
		for _, arg := range []string{"list", "grades"} {
			w.shell.Go("whatif", "steal/number")
			falls := w.shell.Reached("number")
			w.shell.Go("whatif", arg)
			w.looksRight("whatif/" + arg)
			rows := 0
			for _, n := range w.shell.Kit().Nodes() {
				if n.Role == "row" {
					rows++
				}
			}
			if want := map[string]int{"list": falls, "grades": 26}[arg]; rows != want {
				t.Errorf("%s: %d rows, want %d", arg, rows, want)
			}
		}
	}
}

// An answer is kept and changes the page; who does not know is not asked again;
// all answers can be taken back.
func TestReachAnswers(t *testing.T) {
	w := open(t, "en", claimed(t, 12))
	w.shell.Go("whatif", "")
	asked := func() (out []string) {
		for _, n := range w.names() {
			if strings.HasSuffix(n, "?") && n != "How strong are they?" {
				out = append(out, n)
			}
		}
		return out
	}
	first := asked()
	if len(first) != 1 {
		t.Fatalf("asked %q", first)
	}
	for _, answer := range []string{"I don’t know", "Yes", "No"} {
		was := asked()[0]
		w.press(answer)
		if slices.Contains(asked(), was) {
			t.Errorf("%q is asked again after %q", was, answer)
		}
	}
	w.press("Forget my answers and ask again")
	if got := asked(); !slices.Equal(got, first) {
		t.Errorf("asked %q, at first %q", got, first)
	}
	w.shell.Go("report", "")
	w.looksRight("report")
}

// Three hundred accounts are a dozen boxes; a group opens, keeps the focus, and
// folds again.
func TestReachGroups(t *testing.T) {
	w := open(t, "en", claimed(t, 300))
	w.shell.Go("whatif", "")
	rows := func() (n int) {
		for _, x := range w.shell.Kit().Nodes() {
			if x.Role == "row" {
				n++
			}
		}
		return n
	}
	folded := rows()
	if folded > 80 {
		t.Errorf("%d rows for 300 accounts", folded)
	}
	i := slices.IndexFunc(w.names(), func(n string) bool { return strings.HasPrefix(n, "Money · ") })
	if i < 0 {
		t.Fatalf("no group in %q", w.names())
	}
	name := w.names()[i]
	w.win.Canvas().Focus(w.box(name).Object.(fyne.Focusable))
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	w.pump()
	if rows() <= folded {
		t.Error("the group does not open")
	}
	if f := w.win.Canvas().Focused(); f == nil || f != w.box(name).Object.(fyne.Focusable) {
		t.Error("the group lost the focus")
	}
	w.press(name)
	if rows() != folded {
		t.Error("the group does not fold")
	}
}
