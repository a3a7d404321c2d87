#!/usr/bin/env bash
# Reading an Outlook data file against Debian's readpst on the same file, and
# against reading the mbox that readpst makes of it, in one run with the files in
# memory. Prints seconds, speed, peak memory and how long each takes compared to
# the mbox.
# usage: scripts/bench-pst.sh [MEGABYTES]   (of the mailbox it starts from: 200)
set -euo pipefail
cd "$(dirname "$0")/.."
command -v readpst >/dev/null || { echo "readpst is not installed (scripts/deps.sh test)" >&2; exit 1; }
work=$(mktemp -d "${BENCH_DIR:-${TMPDIR:-/tmp}}/bench-pst.XXXXXX")
trap 'rm -rf "$work"' EXIT
make --no-print-directory cli
CGO_ENABLED=0 go build -o "$work/benchmail" ./test/benchmail
CGO_ENABLED=0 go build -o "$work/benchpst" ./test/benchpst
"$work/benchmail" -size "$((${1:-200} << 20))" -out "$work/in.mbox"
"$work/benchpst" -mbox "$work/in.mbox" -out "$work/box.pst"
rm "$work/in.mbox"
# timed NAME COMMAND... leaves "seconds kilobytes" in $work/NAME: the best of three
timed() {
	local name=$1
	shift
	: >"$work/$name.all"
	for _ in $(seq "${BENCH_RUNS:-3}"); do
		/usr/bin/time -f '%e %M' -o "$work/once" "$@" >"$work/$name.out"
		cat "$work/once" >>"$work/$name.all"
	done
	sort -n "$work/$name.all" | head -1 >"$work/$name"
}
row() { # label, name, file
	awk -v label="$1" -v bytes="$(stat -c %s "$3")" -v base="$(cut -d' ' -f1 "$work/mbox")" \
		'{ s = $1 > 0 ? $1 : 0.01; printf "%-26s %8.2f s %8.0f MB/s %8.1f MB %8.2f x\n", label, s, bytes / s / 1e6, $2 / 1024, s / base }' "$work/$2"
}
scan() { echo bin/unlisted-cli --temporary scan "$1" --own pat.doe@gmail.com --own +33639980142 --json; }
mkdir "$work/out"
timed readpst readpst -q -w -D -j 0 -o "$work/out" "$work/box.pst"
find "$work/out" -name "Inbox*" -type f -exec cat {} + >"$work/box.mbox"
# shellcheck disable=SC2046
timed pst $(scan "$work/box.pst")
# shellcheck disable=SC2046
timed mbox $(scan "$work/box.mbox")
echo "$(grep -c '^From ' "$work/box.mbox") mails; time, speed, peak memory, against the mbox of the same mail"
row "unlisted-cli scan .mbox" mbox "$work/box.mbox"
row "unlisted-cli scan .pst" pst "$work/box.pst"
row "readpst" readpst "$work/box.pst"
