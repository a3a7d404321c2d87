#!/usr/bin/env bash
# The size of the window against a bare one of the same toolkit, and of every package there is. Fails over
# the budget; docs/packaging.md explains each megabyte.
set -euo pipefail
cd "$(dirname "$0")/.."
budget=45000000
go build -trimpath -tags "$(make -s tags),startup" -ldflags "-s -w" -o bin/bare ./test/startup/bare
size() { stat -c %s "$1"; }
row() { printf '%-52s %12d\n' "$1" "$(size "$1")"; }
for f in bin/bare bin/unlisted bin/unlisted-cli dist/windows/*.exe dist/unlisted[-_]*; do [ -f "$f" ] && row "$f"; done
window=$(size bin/unlisted) bare=$(size bin/bare)
echo "window: $((window * 100 / bare)) % of a bare one; $((window - bare * 3 / 2)) bytes over one and a half; budget $budget"
[ "$window" -le "$budget" ] || { echo "the window is over its budget: make it smaller, or explain it in docs/packaging.md" >&2; exit 1; }
