#!/usr/bin/env bash
# Changes the code of a package one operator at a time and runs the package's tests on each change.
# Prints per package: efficacy (changes noticed, of those run by a test), mutant coverage (changes run by
# a test, of all), and each change that went unnoticed. Changes equal in effect: scripts/mutate.md.
# Usage: scripts/mutate.sh [PACKAGE...], a package being a folder of checks, without the folders in it
# (name those too: reach/picture). WORKERS is how many changes are tried at once: one a processor. On a
# machine that has other work take fewer: a run that is too slow counts as timed out.
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=0
# The tests are timed by a run of their own: a cached result would give each change no time at all. Most of
# the time goes into linking a test program for each change: without symbols it takes half.
export GOFLAGS="${GOFLAGS:-} -count=1 -vet=off -ldflags=-s"
# Random tests draw the same every time, and a failure is not made smaller: it is only counted.
export RAPID_SEED=1 RAPID_SHRINKTIME=0s RAPID_NOFAILFILE=true
packages=("$@")
[ $# -gt 0 ] || packages=(plan session account identifier outbound profile update access reach reach/picture)
out=dist/mutate
mkdir -p $out
gremlins=$PWD/$out/gremlins
GOFLAGS="" go build -modfile=tools/go.mod -o "$gremlins" github.com/go-gremlins/gremlins/cmd/gremlins

for p in "${packages[@]}"; do
	log=$out/${p//\//-}.log
	"$gremlins" unleash --config scripts/gremlins.yaml --workers "${WORKERS:-$(getconf _NPROCESSORS_ONLN)}" \
		--exclude-files / "./checks/$p" >"$log" 2>&1 || { tail -20 "$log"; exit 1; }
	printf '%-12s %s\n' "$p" "$(sed 's/\x1b\[[0-9;]*m//g' "$log" |
		grep -E '^(Killed|Timed out|Test efficacy|Mutator coverage)' | paste -sd' ')"
	sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '^ *(LIVED|NOT COVERED|TIMED OUT) ' | sort -k1,1 -k5 || true
done
