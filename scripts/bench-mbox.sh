#!/usr/bin/env bash
# Reading a large mailbox against two other programs, on the same file in the
# same run, with the file in memory: grep, which only counts separators, and
# Python's mailbox module, which reads headers. Prints seconds, speed, peak
# memory and how long each takes compared to grep. Bodies are searched for the
# identifiers of an invented person.
# usage: scripts/bench-mbox.sh [GIGABYTES...]   (1 and, where there is room, 8)
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d "${BENCH_DIR:-${TMPDIR:-/tmp}}/bench-mbox.XXXXXX")
trap 'rm -rf "$work"' EXIT
free() { echo $(($(df -Pk "$work" | awk 'NR==2 {print $4}') >> 20)); }
sizes=("$@")
if [ ${#sizes[@]} -eq 0 ]; then
	sizes=(1)
	[ "$(free)" -lt 20 ] || sizes+=(8)
fi
make --no-print-directory cli
CGO_ENABLED=0 go build -o "$work/benchmail" ./test/benchmail
cat >"$work/headers.py" <<'PY'
import email.parser, mailbox, sys
parse = email.parser.BytesHeaderParser().parse
box = mailbox.mbox(sys.argv[1], factory=parse, create=False)
print(sum(1 for m in box if m["From"]))
PY
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
row() { # label, name, bytes
	awk -v label="$1" -v bytes="$3" -v base="$(cut -d' ' -f1 "$work/grep")" \
		'{ s = $1 > 0 ? $1 : 0.01; b = base > 0 ? base : 0.01; printf "%-22s %8.2f s %8.0f MB/s %8.1f MB %8.2f x\n", label, s, bytes / s / 1e6, $2 / 1024, s / b }' "$work/$2"
}
for size in "${sizes[@]}"; do
	box=$work/box.mbox
	"$work/benchmail" -size "$((size << 30))" -out "$box"
	bytes=$(stat -c %s "$box")
	cat "$box" >/dev/null # into memory
	timed grep env LC_ALL=C grep -c '^From ' "$box"
	timed unlisted bin/unlisted-cli --temporary scan "$box" --own pat.doe@gmail.com --own +33639980142 --json
	echo "$size GB, $(cat "$work/grep.out") mails; time, speed, peak memory, against grep"
	row "grep -c '^From '" grep "$bytes"
	row "unlisted-cli scan" unlisted "$bytes"
	if [ "$size" -eq 1 ] && command -v python3 >/dev/null; then
		BENCH_RUNS=1 timed python python3 "$work/headers.py" "$box"
		row "python3 mailbox" python "$bytes"
	fi
done
