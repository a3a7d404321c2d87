#!/usr/bin/env bash
# Runs every fuzz target for a bounded time, one after the other: seconds each
# (5 in the tests, more by hand). A failing input is kept by the tool under the
# package's testdata/fuzz and becomes a test.
# usage: scripts/fuzz.sh [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=0
grep -rl --include='*_test.go' '^func Fuzz' checks | xargs -n1 dirname | sort -u | while read -r package; do
	for target in $(grep -h '^func Fuzz' "$package"/*_test.go | sed 's/^func \(Fuzz[A-Za-z0-9_]*\).*/\1/'); do
		go test -run '^$' -fuzz "^$target\$" -fuzztime "${1:-5}s" -fuzzminimizetime 1x "./$package" >/tmp/fuzz.$$ 2>&1 || {
			cat /tmp/fuzz.$$
			exit 1
		}
		echo "fuzz $package $target: $(grep -o 'execs: [0-9]*' /tmp/fuzz.$$ | tail -1)"
	done
done
rm -f /tmp/fuzz.$$
