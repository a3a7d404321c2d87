#!/usr/bin/env bash
# Drives the real window by keyboard and mouse, with a real Secret Service
# keyring, on a display and a session bus of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export E2E_WORK=$work
export XDG_DATA_HOME=$work/data XDG_RUNTIME_DIR=$work/run
mkdir -p -m 700 "$XDG_DATA_HOME" "$XDG_RUNTIME_DIR"
dbus-run-session -- bash -c '
	printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null
	exec xvfb-run -a -s "-screen 0 1280x900x24" env CGO_ENABLED=0 go test -tags e2e -count=1 -timeout 10m ./test/e2e
'
