#!/usr/bin/env bash
# Builds and opens the window; without a display, runs the sample person on the
# command line instead.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
	make --no-print-directory cli
	echo
	bin/unlisted-cli --sample accounts
	echo
	bin/unlisted-cli --sample plan
	echo
	echo "There is no display here, so this was the sample person on the command line."
	echo "For the window, run \"make run\" in a desktop session, or: xvfb-run make run"
	exit 0
fi
make --no-print-directory build
exec bin/unlisted
