#!/usr/bin/env bash
# What goes beside the packages: package-release.sh sbom|checksums. Results lie in dist.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/package-env.sh
packages() { find dist -maxdepth 1 -type f \( -name "unlisted[-_]$VERSION*" -o -name '*.cdx.json' \) ! -name '*.minisig' -printf '%f\n' | sort; }

case "${1:-}" in
sbom) # of what is shipped, read from the programs themselves
	for program in bin/unlisted bin/unlisted-cli; do
		to=dist/${program##*/}-$VERSION.cdx.json
		tool cyclonedx-gomod bin -json -licenses -noserial -notimestamp -version "v$VERSION" -output "$to" $program 2>/dev/null
		echo "$to: $(grep -c '"bom-ref": "pkg:' "$to") components"
	done
	;;
checksums) packages | (cd dist && xargs -d "\n" sha256sum >SHA256SUMS && cat SHA256SUMS) ;;
*) echo "usage: package-release.sh sbom|checksums" >&2; exit 2 ;;
esac
