#!/usr/bin/env bash
# Time from start to a visible window, against a bare window of the same
# toolkit, turn and turn about in one run. Prints both medians in milliseconds
# and their ratio.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/deps.sh test
make --no-print-directory build
go build -trimpath -tags release,migrated_fynedo,accessibility,startup -ldflags "-s -w" -o bin/bare ./test/startup/bare
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache
mkdir -p "$work/config" "$work/cache"
cat >"$work/run" <<'RUN'
once() { # program, title
	local t0 t1
	t0=$(date +%s%N)
	"$1" >/dev/null 2>&1 &
	xdotool search --sync --onlyvisible --name "^$2\$" >/dev/null
	t1=$(date +%s%N)
	kill $! && wait $! 2>/dev/null
	echo $(((t1 - t0) / 1000000))
}
for _ in 1 2 3 4 5 6 7 8 9 10 11; do
	once bin/bare Bare >>"$1/bare"
	once bin/unlisted Unlisted >>"$1/ours"
done
RUN
xvfb-run -a -s "-screen 0 1280x900x24" bash "$work/run" "$work"
median() { sort -n "$1" | sed -n 6p; }
bare=$(median "$work/bare")
ours=$(median "$work/ours")
echo "bare $bare ms, unlisted $ours ms, ratio $(echo "scale=2; $ours / $bare" | bc)"
