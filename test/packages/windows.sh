#!/usr/bin/env bash
# The packages for Windows under Wine: resources, installation without questions, twice, over an older
# version, refused over a newer one, removal with nothing left, temporary and portable mode, signatures by a
# certificate made for the purpose. Wine checks no rights and has no screen reader bridge: a real Windows
# must confirm.
set -euo pipefail
cd "$(dirname "$0")/../.."
. test/packages/common.sh
named() { echo "dist/unlisted-$1-windows-amd64-$2"; }

say "icon, manifest and version of the programs"
for p in unlisted unlisted-cli; do
	rm -rf "$work/res"
	tool go-winres extract --dir "$work/res" dist/windows/$p.exe
	for part in RT_GROUP_ICON RT_MANIFEST '"long-path-aware": true' '"dpi-awareness": "per monitor v2"' "\"ProductVersion\": \"$VERSION\""; do
		grep -qF "$part" "$work/res/winres.json" || fail "$p.exe lacks $part"
	done
done
objdump -p dist/windows/unlisted.exe >"$work/pe"
grep -q 'Subsystem.*Windows GUI' "$work/pe" || fail "unlisted.exe opens a console"
strangers=$(sed -n 's/.*DLL Name: //p' "$work/pe" | grep -viE '^(gdi32|kernel32|oleaut32|ole32|opengl32|shell32|user32|advapi32|msvcrt|api-ms-.*)\.dll$' || true)
[ -z "$strangers" ] || fail "unlisted.exe needs: $strangers"

say "signatures"
openssl req -x509 -newkey rsa:3072 -nodes -keyout "$work/k.pem" -out "$work/c.pem" -days 365 -subj "/CN=Unlisted TEST" \
	-addext extendedKeyUsage=codeSigning -addext keyUsage=digitalSignature -addext basicConstraints=critical,CA:FALSE 2>/dev/null
for f in dist/windows/unlisted.exe "$(named "$VERSION" perUser.msi)"; do
	rm -f "$work/signed"
	osslsigncode sign -certs "$work/c.pem" -key "$work/k.pem" -h sha256 -n Unlisted -time "$SOURCE_DATE_EPOCH" -in "$f" -out "$work/signed" >/dev/null
	osslsigncode verify -CAfile "$work/c.pem" -in "$work/signed" | grep 'Signature verification: ok' >/dev/null || fail "signature of $f"
done
osslsigncode sign -certs "$work/c.pem" -key "$work/k.pem" -h sha256 -in dist/windows/unlisted-cli.exe -out "$work/changed" >/dev/null
printf X | dd of="$work/changed" bs=1 seek=100000 conv=notrunc status=none
if osslsigncode verify -CAfile "$work/c.pem" -in "$work/changed" >/dev/null 2>&1; then fail "a changed program is taken for a signed one"; fi

display
export WINEPREFIX=$work/wine WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml,uiautomationcore="
left() { wineserver -k 2>/dev/null || /usr/lib/wine/wineserver64 -k 2>/dev/null; }
wineboot -i >/dev/null 2>&1
# Wine 8 lacks what Go takes its random numbers from; this stands in for it in the test alone.
cat >"$work/bcp.c" <<'C'
#include <windows.h>
#include <ntsecapi.h>
BOOL WINAPI ProcessPrng(PBYTE b, SIZE_T n) { while (n) { ULONG c = n > 65536 ? 65536 : (ULONG)n; if (!RtlGenRandom(b, c)) return FALSE; b += c; n -= c; } return TRUE; }
BOOL WINAPI DllMain(HINSTANCE h, DWORD r, LPVOID p) { return TRUE; }
C
x86_64-w64-mingw32-gcc -shared -O2 -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" "$work/bcp.c" -ladvapi32
user=$(find "$WINEPREFIX/drive_c/users" -maxdepth 1 -mindepth 1 -type d -not -name Public | head -1)
list() { (cd "$WINEPREFIX/drive_c" && find . -type f -o -type d | grep -v -e '/windows/Installer' -e '/Temp' -e '/windows/temp' | sort); }
install() { wine msiexec /i "$1" /qn >/dev/null 2>&1; }

VERSION=0.0.1 scripts/package-windows.sh msi # the same programs in a package that calls itself older
list >"$work/before"
for scope in perUser perMachine; do
	say "$scope: installed, over an older version, again, not over a newer one, removed"
	folder=$user/AppData/Local/Programs/Unlisted
	[ $scope = perUser ] || folder="$WINEPREFIX/drive_c/Program Files/Unlisted"
	older=$(named 0.0.1 $scope.msi) newer=$(named "$VERSION" $scope.msi)
	mkdir -p "$user/AppData/Roaming/unlisted"
	echo kept >"$user/AppData/Roaming/unlisted/profile.age"
	install "$older" || fail "the older one is not installed"
	install "$newer" || fail "an upgrade fails"
	install "$newer" || fail "a second installation fails"
	for f in unlisted.exe unlisted-cli.exe LICENSE.txt THIRD-PARTY.txt; do [ -f "$folder/$f" ] || fail "$f is not installed"; done
	entries=$(wine reg query 'HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall' /s 2>/dev/null; wine reg query 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall' /s 2>/dev/null)
	[ "$(grep -c 'DisplayName .*Unlisted' <<<"$entries")" = 1 ] || fail "not one entry among the programs"
	grep -q "DisplayVersion .*$VERSION" <<<"$entries" || fail "the entry says another version"
	if install "$older"; then fail "an older version goes over a newer one"; fi
	window "windows-$scope" wine "$folder/unlisted.exe" -temporary
	wine msiexec /x "$newer" /qn >/dev/null 2>&1 || fail "removal fails"
	grep -q kept "$user/AppData/Roaming/unlisted/profile.age" || fail "the profile is gone"
	rm -r "$user/AppData/Roaming/unlisted"
	list | diff "$work/before" - || fail "$scope left something"
done

say "portable archive: nothing outside its folder"
unzip -q "$(named "$VERSION" portable.zip)" -d "$WINEPREFIX/drive_c/clé usb"
at=$WINEPREFIX/drive_c/clé\ usb/unlisted-$VERSION-windows-amd64-portable
mkdir "$at/unlisted-data"
list >"$work/before"
window windows-portable wine "$at/unlisted.exe"
printf 'a pass phrase of the test\n' >"$work/phrase"
wine "$at/unlisted-cli.exe" --passphrase-file "Z:${work//\//\\}\\phrase" you add pat@mail.example
[ -f "$at/unlisted-data/profile.age" ] || fail "the profile is not beside the program"
list | grep -v '/unlisted-data/' | diff "$work/before" - || fail "the portable program left something"
rm -f "$(named 0.0.1 perUser.msi)" "$(named 0.0.1 perMachine.msi)"
echo "Windows packages: all checks passed; pictures in dist/check"
