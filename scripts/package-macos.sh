#!/usr/bin/env bash
# Lays out dist/macos/Unlisted.app. On a Mac it builds the window for that Mac's chip, signs it (by
# SIGN_IDENTITY, or with no identity) and packs the disk image. Elsewhere the window cannot be built:
# the layout gets the command line alone, and is checked.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/package-env.sh
app=dist/macos/Unlisted.app
flags="-s -w -X main.version=$VERSION"
tags=$(make -s tags)
rm -rf dist/macos
mkdir -p $app/Contents/MacOS $app/Contents/Resources
filled packaging/macos/Info.plist.in >$app/Contents/Info.plist
printf 'APPL????' >$app/Contents/PkgInfo
cp packaging/icons/unlisted.icns LICENSE $app/Contents/Resources/
CGO_ENABLED=0 GOOS=darwin GOARCH=${GOARCH:-arm64} go build -trimpath -ldflags "$flags" -o $app/Contents/MacOS/unlisted-cli ./cmd/unlisted-cli
if [ "$(uname)" != Darwin ]; then
	GOOS=darwin CGO_ENABLED=0 thirdparty $app/Contents/Resources/THIRD-PARTY.txt "$tags" ./cmd/unlisted-cli
	python3 - $app <<'CHECK'
import plistlib, struct, sys
app = sys.argv[1] + "/Contents/"
info = plistlib.load(open(app + "Info.plist", "rb"))
assert plistlib.load(open("packaging/macos/entitlements.plist", "rb")) == {}
assert info["CFBundleIdentifier"] == "app.unlisted.Unlisted" and info["CFBundleIconFile"] == "unlisted.icns", info
icns = open(app + "Resources/unlisted.icns", "rb").read()
assert icns[:4] == b"icns" and struct.unpack(">I", icns[4:8])[0] == len(icns), "icns: length"
at, kinds = 8, []
while at < len(icns):
    kind, size = icns[at:at + 4].decode(), struct.unpack(">I", icns[at + 4:at + 8])[0]
    assert size > 8 and at + size <= len(icns), kind
    kinds.append(kind)
    at += size
assert {"ic07", "ic08", "ic09", "ic10"} <= set(kinds), kinds
program = open(app + "MacOS/unlisted-cli", "rb").read(4)
assert program == b"\xcf\xfa\xed\xfe", "no program for macOS"
print("layout, plist and icon (%s) are right; the window is built on a Mac only" % " ".join(kinds))
CHECK
	exit 0
fi
CGO_ENABLED=1 go build -trimpath -tags "$tags" -ldflags "$flags" -o $app/Contents/MacOS/unlisted ./cmd/unlisted
thirdparty $app/Contents/Resources/THIRD-PARTY.txt "$tags" ./cmd/unlisted ./cmd/unlisted-cli
for part in $app/Contents/MacOS/unlisted-cli $app; do
	codesign --force --options runtime --entitlements packaging/macos/entitlements.plist -s "${SIGN_IDENTITY:--}" "$part"
done
codesign --verify --strict --verbose=2 $app
hdiutil create -volname Unlisted -srcfolder $app -format UDZO -ov "dist/unlisted-$VERSION-macos-$(uname -m).dmg"
