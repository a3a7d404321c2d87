#!/usr/bin/env bash
# The same commit, the same bytes: builds every package twice, from clones in folders of different depth and
# at different times, and compares. COLD=1 gives the second one an empty build cache (some ten minutes).
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
commit=$(git rev-parse HEAD)
first=$work/a second=$work/another/folder/deeper\ down
for to in "$first" "$second"; do
	git clone -q . "$to"
	git -C "$to" checkout -q --detach "$commit"
	cache=$(go env GOCACHE)
	[ "$to" = "$first" ] || [ -z "${COLD:-}" ] || cache=$work/cache
	GOCACHE=$cache make -C "$to" deb rpm tarball windows sbom checksums >"$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }
done
diff "$first/dist/SHA256SUMS" "$second/dist/SHA256SUMS"
cat "$first/dist/SHA256SUMS"
echo "all the same, built twice from $commit"
