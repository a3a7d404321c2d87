#!/usr/bin/env bash
# The packages for Linux as a person meets them: checked by the tools of the systems, the deb installed into
# a Debian that holds nothing else, opened from its menu entry, used and removed; the rpm read and unpacked;
# the archive run from a folder with spaces and accents. Needs root, for that Debian.
set -euo pipefail
cd "$(dirname "$0")/../.."
. test/packages/common.sh
deb=dist/unlisted_$VERSION-1_amd64.deb
rpm=dist/unlisted-$VERSION-1.x86_64.rpm
tarball=dist/unlisted-$VERSION-linux-amd64.tar.gz
[ "$(id -u)" = 0 ] || fail "run as root: a Debian of its own is set up and entered"

say "desktop file, metainfo, pages, completions"
desktop-file-validate packaging/linux/$ID.desktop
appstreamcli validate --no-net dist/linux/root/usr/share/metainfo/$ID.metainfo.xml
for page in dist/linux/root/usr/share/man/man1/* dist/linux/root/usr/share/man/fr/man1/*; do
	said=$(man --warnings -E UTF-8 -l "$page" 2>&1 >/dev/null | grep -v "can't set the locale" || true)
	[ -z "$said" ] || fail "$page: $said"
done
bash -n dist/linux/root/usr/share/bash-completion/completions/unlisted-cli
for shell in zsh fish; do
	file=dist/linux/root/usr/share/zsh/site-functions/_unlisted-cli
	[ $shell = zsh ] || file=dist/linux/root/usr/share/fish/vendor_completions.d/unlisted-cli.fish
	if command -v $shell >/dev/null; then $shell -n $file; else echo "$shell is not installed: its completions were not read"; fi
done

say "lintian"
lintian --allow-root --profile debian --fail-on error,warning "$deb"

say "rpm: read, unpacked, the same files"
rpm -qip "$rpm" >"$work/rpm-info"
grep -q "^Version *: $VERSION$" "$work/rpm-info" || fail "the rpm says another version"
rpm -Kv "$rpm" | tee "$work/rpm-sums"
! grep -qv ': OK$' <(tail -n +2 "$work/rpm-sums") || fail "a digest of the rpm is wrong"
mkdir "$work/rpm" "$work/deb"
rpm2cpio "$rpm" >"$work/cpio" || true # Debian's says 1 for whole archives too; what comes out is compared below
(cd "$work/rpm" && cpio -idm --quiet --no-absolute-filenames <"$work/cpio")
dpkg-deb -x "$deb" "$work/deb"
for part in bin share/applications share/icons share/man share/metainfo share/bash-completion; do
	diff -r "$work/rpm/usr/$part" "$work/deb/usr/$part"
done
[ "$("$work/rpm/usr/bin/unlisted-cli" --version | tr -dc 0-9.)" = "$VERSION" ] || fail "the command line says another version"

display
say "plain archive, in a folder with spaces and accents, keeping its data beside itself"
mkdir -p "$work/clé usb" "$work/home"
tar -xzf "$tarball" -C "$work/clé usb"
at=$work/clé\ usb/unlisted-$VERSION-linux-amd64
alone=(env -i PATH="$PATH" DISPLAY="$DISPLAY" HOME="$work/home" LANG=C.UTF-8)
window temporary "${alone[@]}" "$at/unlisted" -temporary
nothing "$work/home" "temporary mode"
mkdir "$at/unlisted-data"
window portable "${alone[@]}" "$at/unlisted"
printf 'a pass phrase of the test\n' >"$work/phrase"
"${alone[@]}" "$at/unlisted-cli" --passphrase-file "$work/phrase" you add pat@mail.example
[ -f "$at/unlisted-data/profile.age" ] || fail "the profile is not beside the program"
"${alone[@]}" "$at/unlisted-cli" --passphrase-file "$work/phrase" you list | grep pat@mail.example >/dev/null || fail "the profile is not read again"
nothing "$work/home" "the portable program"
mkdir -p "$work/home/.config/fyne/app.unlisted.desktop"
echo '{"former":1}' >"$work/home/.config/fyne/app.unlisted.desktop/preferences.json"
rm -r "$at/unlisted-data"
window former "${alone[@]}" "$at/unlisted"
grep -q former "$work/home/.config/fyne/$ID/preferences.json" || fail "what stood under the former ID is not taken over"
[ ! -e "$work/home/.config/fyne/app.unlisted.desktop" ] || fail "the folder of the former ID stays"

say "deb in a Debian that holds nothing else"
root=$work/root
left() { for m in tmp/.X11-unix proc; do umount "$root/$m" 2>/dev/null; done; }
debootstrap --variant=minbase bookworm "$root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$work/debootstrap" 2>&1 ||
	{ tail -5 "$work/debootstrap" >&2; fail "debootstrap"; }
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive HOME=/root "$@"; }
list() { (cd "$root" && find . -xdev -not -path './var/log/*' -not -path './var/cache/apt/*' -not -path './var/lib/apt/*' -not -path './tmp/*' | sort); }
mkdir -p "$root/tmp/.X11-unix"
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
mount -t proc proc "$root/proc"
inside apt-get update -qq
inside useradd -m pat
list >"$work/before"
cp "$deb" "$root/tmp/unlisted.deb"
inside apt-get install -y -qq --no-install-recommends /tmp/unlisted.deb >"$work/apt" 2>&1 || { tail -5 "$work/apt" >&2; fail "apt"; }
inside apt-get install -y -qq --reinstall --no-install-recommends /tmp/unlisted.deb >"$work/apt" 2>&1 || fail "a second installation"
# What a menu does with the entry: its command, without files.
command=$(sed -n 's/^Exec=\([^ ]*\).*/\1/p' "$root/usr/share/applications/$ID.desktop")
window debian chroot --userspec=pat:pat "$root" env -i PATH=/usr/bin:/bin DISPLAY="$DISPLAY" HOME=/home/pat LANG=C.UTF-8 "$command"
inside unlisted-cli --sample accounts >"$work/sample"
[ -s "$work/sample" ] || fail "the command line says nothing"
inside apt-get purge -y -qq unlisted >"$work/apt" 2>&1
inside apt-get autoremove -y -qq --purge >"$work/apt" 2>&1
rm -rf "$root/home/pat/.config" "$root/home/pat/.cache" # the person's own
list >"$work/after"
diff "$work/before" "$work/after" || fail "something is left after removal"
echo "Linux packages: all checks passed; pictures in dist/check"
