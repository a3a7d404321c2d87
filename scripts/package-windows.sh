#!/usr/bin/env bash
# Cross-builds for Windows and packs: package-windows.sh build|zip|msi. Results lie in dist. With SIGN_CERT
# and SIGN_KEY (PEM files) programs and packages are signed; SIGN_TIME names a time stamp server.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/package-env.sh
out=dist/windows

# sign signs a file in place, where there is a key. The fixed time keeps two runs the same.
sign() {
	[ -n "${SIGN_CERT:-}" ] || return 0
	local stamp=(-time "$SOURCE_DATE_EPOCH")
	[ -z "${SIGN_TIME:-}" ] || stamp=(-ts "$SIGN_TIME")
	osslsigncode sign -certs "$SIGN_CERT" -key "$SIGN_KEY" -h sha256 -n Unlisted -i https://unlisted.app/ \
		"${stamp[@]}" -in "$1" -out "$1.signed" >/dev/null
	mv "$1.signed" "$1"
}

# resources gives a program its icon, manifest and version; the linker takes the file by its name.
resources() {
	local work=dist/windows/res-$1
	mkdir -p "$work"
	cp packaging/icons/unlisted.ico "$work"
	filled packaging/windows/winres.json.in | sed "s/@PROGRAM@/$1/" >"$work/winres.json"
	tool go-winres make --in "$work/winres.json" --out "cmd/$1/rsrc" --arch amd64
}

build() {
	local tags flags="-s -w -X main.version=$VERSION"
	tags=$(make -s --no-print-directory tags)
	rm -rf $out
	mkdir -p $out
	resources unlisted
	resources unlisted-cli
	export GOOS=windows GOARCH=amd64
	CGO_ENABLED=1 CC=x86_64-w64-mingw32-gcc go build -trimpath -tags "$tags" -ldflags "$flags -H=windowsgui" -o $out/unlisted.exe ./cmd/unlisted
	CGO_ENABLED=0 go build -trimpath -ldflags "$flags" -o $out/unlisted-cli.exe ./cmd/unlisted-cli
	CGO_ENABLED=1 thirdparty $out/THIRD-PARTY.txt "$tags" ./cmd/unlisted ./cmd/unlisted-cli
	sed 's/$/\r/' LICENSE >$out/LICENSE.txt
	sign $out/unlisted.exe
	sign $out/unlisted-cli.exe
}

pack_zip() {
	local name=unlisted-$VERSION-windows-amd64-portable
	rm -rf "dist/$name.zip" "$out/$name"
	mkdir "$out/$name"
	cp $out/*.exe $out/*.txt "$out/$name"
	local f
	for f in packaging/portable/*.txt; do sed '1s/^/\xef\xbb\xbf/; s/$/\r/' "$f" >"$out/$name/${f##*/}"; done
	find "$out/$name" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
	(cd $out && find "$name" -type f | sort | zip -X -9 -q "../$name.zip" -@)
}

# pack_msi makes the package of a scope. wixl gives each a random code and the time of day: the first is set
# afterwards, the second is held still.
pack_msi() {
	local scope=$1 upgrade=$2 product file=dist/unlisted-$VERSION-windows-amd64-$1.msi now
	product=$(uuidgen --sha1 --namespace "$upgrade" --name "$VERSION $scope" | tr a-f A-F)
	now=$(date -u -d "@$SOURCE_DATE_EPOCH" '+%F %T')
	rm -rf "$file" $out/msi
	mkdir $out/msi
	cp $out/*.exe $out/*.txt packaging/icons/unlisted.ico $out/msi
	touch -d "@$SOURCE_DATE_EPOCH" $out/msi/*
	faketime -f "$now" wixl -a x64 -D Version="$VERSION" -D Scope="$scope" -D Upgrade="$upgrade" -D Product="$product" \
		-D Bin=$out/msi -o "$file" packaging/windows/unlisted.wxs
	faketime -f "$now" msibuild "$file" -s "Unlisted $VERSION" "Unlisted contributors" "x64;1033" "{$product}"
	sign "$file"
}

case "${1:-}" in
build) build ;;
zip) pack_zip ;;
msi)
	pack_msi perUser 6F1B7C0E-6C1E-4E0B-9C55-0B9E0C0D4A11
	pack_msi perMachine 6F1B7C0E-6C1E-4E0B-9C55-0B9E0C0D4A12
	;;
*) echo "usage: package-windows.sh build|zip|msi" >&2; exit 2 ;;
esac
