#!/usr/bin/env bash
# The first run of the real window by assistive technology alone: a client of
# the accessibility bus that is not ours, on a display, a session bus and a
# keyring of its own, in every language there is.
set -euo pipefail
cd "$(dirname "$0")/.."
for lang in assets/text/*/; do
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	mkdir -p -m 700 "$work/data" "$work/run" "$work/config" "$work/cache"
	env XDG_DATA_HOME="$work/data" XDG_RUNTIME_DIR="$work/run" XDG_CONFIG_HOME="$work/config" XDG_CACHE_HOME="$work/cache" \
		A11Y_WORK="$work" A11Y_LANG="$(basename "$lang")" \
		dbus-run-session -- xvfb-run -a -s "-screen 0 1280x900x24" bash -c '
			printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null
			bin/unlisted -lang "$A11Y_LANG" -profile "$A11Y_WORK/profile.age" 2>"$A11Y_WORK/log" &
			window=$!
			result=0
			/usr/bin/python3 test/a11y/firstrun.py "$A11Y_LANG" || result=$?
			[ "$result" = 0 ] || cat "$A11Y_WORK/log" >&2
			kill "$window" 2>/dev/null || true
			wait "$window" 2>/dev/null || true
			exit "$result"
		'
	rm -rf "$work"
done
