#!/usr/bin/python3
"""Goes through the first run of the window as assistive technology does.

Reads the window over the accessibility bus with pyatspi, the client library of
the GNOME project, and acts by actions and text alone: no key, no pointer. It
finds every control of the first run by its name and role and ends with 1, and
a sentence, where one is missing. Usage: firstrun.py LANGUAGE
"""
import glob
import json
import re
import sys
import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
import pyatspi  # noqa: E402
from gi.repository import Atspi, Gio, GLib  # noqa: E402

warnings.simplefilter("ignore", DeprecationWarning)  # old and new names of the client library alike

PATIENCE = 30  # seconds to wait for what the program has to work out


class Missing(Exception):
    """What should be there is not."""


def words(lang):
    """The texts of the program, by key."""
    out = {}
    for path in glob.glob(f"assets/text/{lang}/*.json"):
        with open(path, encoding="utf-8") as f:
            out.update(json.load(f))
    return out


def switch_on():
    """Says to the session that assistive technology is on, as a screen reader does."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    value = GLib.Variant("(ssv)", ("org.a11y.Status", "ScreenReaderEnabled", GLib.Variant("b", True)))
    bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
                  value, None, Gio.DBusCallFlags.NONE, 5000, None)


class Window:
    """The running program, as the bus shows it."""

    def __init__(self, lang):
        self.text = words(lang)
        self.seen = set()  # controls found, by role and name
        self.events = []
        self.app = self.until("the program on the bus", self.program)

    def t(self, key, **holes):
        s = self.text[key]
        for k, v in holes.items():
            s = s.replace("{" + k + "}", v)
        return s

    @staticmethod
    def program():
        desktop = pyatspi.Registry.getDesktop(0)
        for i in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(i)
            if app and app.get_name() == "Unlisted":
                return app
        return None

    def until(self, what, ask):
        """Waits until ask gives something; what is between two states of the window may vanish."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                got = ask()
            except GLib.Error:
                got = None
            if got:
                return got
            if time.monotonic() > end:
                raise Missing(f"waited in vain for {what}")
            self.pump()
            time.sleep(0.05)

    def pump(self):
        while GLib.MainContext.default().iteration(False):
            pass

    def walk(self, node=None):
        """Everything in the window, in order; the choices of a select stand under it."""
        node = node or self.app
        yield node
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child:
                yield from self.walk(child)

    def find(self, role, name, states=(), without=()):
        """Waits for a control with a role (or one of several), a name (or a pattern), with and without states."""
        roles = (role,) if isinstance(role, str) else role

        def look():
            for n in self.walk():
                said = n.get_name()
                if n.get_role_name() in roles and (name.fullmatch(said) if isinstance(name, re.Pattern) else name == said):
                    has = n.get_state_set()
                    if all(has.contains(s) for s in states) and not any(has.contains(s) for s in without):
                        return n
            return None

        n = self.until(f"a {' or '.join(roles)} named {name!r}" + (f" that is {states}" if states else ""), look)
        self.seen.add((n.get_role_name(), n.get_name()))
        return n

    def press(self, role, name):
        n = self.find(role, name)
        if n.get_n_actions() != 1 or n.get_action_name(0) != "click":
            raise Missing(f"{name!r} cannot be pressed")
        if not n.do_action(0):
            raise Missing(f"{name!r} refuses to be pressed")

    def type(self, role, name, value):
        n = self.find(role, name)
        if not n.set_text_contents(value):
            raise Missing(f"nothing can be typed into {name!r}")
        return n

    def written(self, role, name):
        n = self.find(role, name)
        return n.get_text(0, -1)

    def go(self, page):
        """Goes to a page by the rail."""
        name = self.t("page." + page)
        self.press("page tab", name)
        self.find("page tab", name, (Atspi.StateType.SELECTED,))

    def title(self):
        """The name of the page in sight: its heading of the first level."""
        def look():
            for n in self.walk():
                if n.get_role_name() == "heading" and n.get_attributes().get("level") == "1":
                    return n.get_name()
            return None

        return self.until("a title", look)

    def listen(self):
        """Takes note of every move of the focus from now on."""
        def hear(event):
            if event.detail1:
                self.events.append(event.source.get_name())

        pyatspi.Registry.registerEventListener(hear, "object:state-changed:focused")

    def sound(self, where):
        """Reads the whole window; what vanishes meanwhile, for it is at work, is read again."""
        self.until(f"a window at rest: {where}", lambda: self.whole(where))

    def whole(self, where):
        """Whatever can be acted on has a name, a known role and, but for choices in a closed list, a place."""
        for n in self.walk():
            role, name, state = n.get_role_name(), n.get_name(), n.get_state_set()
            acts = "Action" in n.get_interfaces() and n.get_n_actions() > 0
            if role in ("unknown", "invalid", ""):
                raise Missing(f"{where}: {name!r} has no role")
            if (acts or state.contains(Atspi.StateType.FOCUSABLE)) and not name:
                raise Missing(f"{where}: a {role} that can be acted on has no name")
            if acts and state.contains(Atspi.StateType.SHOWING):
                at = n.get_extents(Atspi.CoordType.WINDOW)
                if at.width <= 0 or at.height <= 0:
                    raise Missing(f"{where}: the {role} {name!r} lies nowhere")
        return True


def opening(w):
    """The first screen: what it says, and the ways in."""
    t = w.t
    w.find("frame", "Unlisted")
    w.find("heading", t("start.title"))
    for key in ("start.begin", "start.sample", "start.temporary"):
        w.find("push button", t(key))
    w.sound("opening")
    w.press("push button", t("start.begin"))
    w.find("page tab", t("page.you"))


def rail(w):
    """Every page is reached from the rail, which says where one is, and has a title of its own."""
    titles = set()
    for page in (k.removeprefix("page.") for k in w.text if re.fullmatch(r"page\.[a-z]+", k)):
        w.go(page)
        w.find("push button", w.t("status.nothing"))
        titles.add(w.title())
        w.sound(page)
    if len(titles) < 7:
        raise Missing(f"the pages have only the titles {titles}")


def identifiers(w):
    """A number and an address are added; what is wrong is said at the field."""
    t = w.t
    w.go("you")
    field, add = t("you.add.label"), t("you.add")
    w.find("combo box", t("you.region"))
    w.type("entry", field, "no number at all")
    w.press("push button", add)
    wrong = w.find("entry", field, (Atspi.StateType.INVALID_ENTRY,))
    if not wrong.get_description():
        raise Missing("the field does not say what is wrong")
    w.type("entry", field, "+33 6 39 98 01 42")
    w.press("push button", add)
    w.find("label", re.compile(r"\+33 6 .*42"))
    w.until("an empty field", lambda: w.written("entry", field) == "")
    # Letters go in and out one by one, too; a national number needs its country.
    entry = w.find("entry", field)
    entry.insert_text(0, "06 39 98 01", 11)
    w.until("the beginning of a number", lambda: w.written("entry", field) == "06 39 98 01")
    entry.insert_text(11, " 44", 3)
    w.until("a number", lambda: w.written("entry", field) == "06 39 98 01 44")
    entry.delete_text(13, 14)
    entry.insert_text(13, "3", 1)
    w.until("another number", lambda: w.written("entry", field) == "06 39 98 01 43")
    region = w.find("combo box", t("you.region"))
    france = next(c for c in (region.get_child_at_index(i) for i in range(region.get_child_count())) if c.get_name() == "France")
    france.do_action(0)
    w.until("the country", lambda: w.written("combo box", t("you.region")) == "France")
    w.press("push button", add)
    w.find("label", re.compile(r"\+33 6 .*43"))
    w.type("entry", field, "camille@posteo.example")
    w.press("push button", add)
    w.find("label", re.compile(r"c.*@posteo\.example"))
    w.press("push button", re.compile(re.escape(t("you.remove", what="")) + ".*43"))
    w.until("one number less", lambda: not [n for n in w.walk() if n.get_name().endswith("43")])


def secrets(w):
    """What is typed into a secret field can be typed, and read by nobody."""
    t = w.t
    w.go("settings")
    w.press("list item", t("settings.profile"))
    name = t("settings.passphrase")
    field = w.type("password text", name, "four or more words")
    w.until("what was typed", lambda: field.get_character_count() == 18)
    if set(field.get_text(0, -1)) != {"•"}:
        raise Missing("a secret can be read")
    field.delete_text(0, -1)
    w.until("an empty field", lambda: field.get_character_count() == 0)


def focus(w):
    """The focus goes where it is sent, and that is told."""
    t = w.t
    w.go("you")
    w.listen()
    name = t("you.add.label")
    w.find("entry", name).grab_focus()
    w.find("entry", name, (Atspi.StateType.FOCUSED,))
    w.until("the news of the focus", lambda: name in w.events)
    w.find("push button", t("you.add")).grab_focus()
    w.until("the news of the next focus", lambda: t("you.add") in w.events)


def sample(w):
    """The invented person; one what-if; the first switch."""
    t = w.t
    w.go("you")
    w.press("push button", t("you.sample"))
    w.find("push button", t("you.sample.leave"))
    w.go("find")
    w.find("list item", re.compile("Airbnb.*"))
    w.sound("find, of the invented person")
    w.go("whatif")
    w.title()
    w.sound("what if")
    box, on = ("check box", "toggle button"), Atspi.StateType.CHECKED
    w.find(box, re.compile(".+"), (on,))
    other = w.find(box, re.compile(".+"), without=(on,)).get_name()
    w.press(box, other)
    w.find(box, other, (on,))
    w.go("fix")
    w.press("push button", t("fix.start"))
    w.find("push button", t("fix.back"))
    w.sound("the first switch")
    w.go("you")
    w.press("push button", t("you.sample.leave"))
    w.find("push button", t("you.sample"))


def main():
    switch_on()
    w = Window(sys.argv[1])
    for part in (opening, sample, rail, identifiers, secrets, focus):
        try:
            part(w)
        except Missing as e:
            print(f"accessibility: {part.__name__}: {e}", file=sys.stderr)
            print("\n".join(f"  {n.get_role_name()}: {n.get_name()}" for n in w.walk()), file=sys.stderr)
            sys.exit(1)
    print(f"accessibility ({sys.argv[1]}): the first run by actions alone, {len(w.seen)} controls found by name and role")


main()
