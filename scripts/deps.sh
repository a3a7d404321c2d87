#!/usr/bin/env bash
# Installs what the system lacks: "build" for the window, "test" for everything
# the tests use, "package" for packages, "package-check" for what tries them. Says what it does; does nothing where all is there.
set -euo pipefail

build="gcc libc6-dev pkg-config libgl1-mesa-dev xorg-dev libwayland-dev libxkbcommon-dev"
test="$build xvfb xdotool imagemagick gnome-keyring dbus dbus-x11 libgl1-mesa-dri at-spi2-core python3-pyatspi dovecot-imapd openssl pst-utils libemail-outlook-message-perl libemail-address-perl tnef"
package="uuid-runtime xz-utils zip gcc-mingw-w64-x86-64-win32 wixl msitools faketime osslsigncode minisign"
check="$package xvfb xdotool imagemagick dbus debootstrap lintian rpm rpm2cpio cpio desktop-file-utils appstream man-db wine wine64 icnsutils"
case "${1:-}" in
build) wanted=$build ;;
test) wanted=$test ;;
package) wanted=$package ;;
package-check) wanted=$check ;;
*) echo "usage: deps.sh build|test|package|package-check" >&2; exit 2 ;;
esac

command -v apt-get >/dev/null || {
	echo "This is not Debian or Ubuntu. Install the equivalents of: $wanted" >&2
	exit 0
}
missing=""
for p in $wanted; do
	dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing="$missing $p"
done
[ -z "$missing" ] && exit 0
echo "Installing what the system lacks:$missing"
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# shellcheck disable=SC2086
$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
