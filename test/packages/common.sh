# What the checks of the packages share; sourced from the project's root.
. scripts/package-env.sh
work=$(mktemp -d)
xvfb=
ended() {
	[ -z "$xvfb" ] || kill "$xvfb" 2>/dev/null || true
	left || true
	rm -rf "$work"
}
left() { :; }
trap ended EXIT

say() { printf '== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

# display starts a screen of its own and waits until it lives.
display() {
	mkfifo "$work/number"
	Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3>"$work/number" 2>/dev/null &
	xvfb=$!
	local number
	read -r number <"$work/number"
	export DISPLAY=:$number
}

# window starts a command and waits for the window of the program, takes its picture to $1.png and
# closes it as a person does. It fails where there is no window, or the program does not end.
window() {
	local picture=$1 pid n
	shift
	mkdir -p dist/check
	if xdotool search --onlyvisible --name '^Unlisted$' >/dev/null 2>&1; then fail "a window was there before"; fi
	timeout -k 3 90 "$@" >"$work/log" 2>&1 &
	pid=$!
	for n in $(seq 120); do
		xdotool search --onlyvisible --name '^Unlisted$' >/dev/null 2>&1 && break
		kill -0 $pid 2>/dev/null || { cat "$work/log" >&2; fail "$picture: ended without a window"; }
		sleep .5
	done
	xdotool search --onlyvisible --name '^Unlisted$' >/dev/null 2>&1 || { cat "$work/log" >&2; fail "$picture: no window"; }
	sleep 3
	import -window root "dist/check/$picture.png"
	for n in $(seq 20); do
		xdotool search --onlyvisible --name '^Unlisted$' windowfocus key ctrl+q 2>/dev/null || true
		sleep 1
		kill -0 $pid 2>/dev/null || { wait $pid && return; cat "$work/log" >&2; fail "$picture: ended badly"; }
	done
	kill $pid
	fail "$picture: does not close"
}

# nothing fails where a folder holds anything.
nothing() { [ -z "$(find "$1" -mindepth 1)" ] || { find "$1" -mindepth 1 >&2; fail "$2 left something"; }; }
