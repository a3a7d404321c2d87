#!/usr/bin/env bash
# Every test there is: lint, the packages without a C compiler, the same for races, every fuzz target
# for some seconds, a real mail server, the build of the window, and the real window driven by
# keyboard and mouse, and by assistive technology alone.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/deps.sh test
scripts/lint.sh
CGO_ENABLED=0 go test $(go list -e ./... | grep -v '/cmd/unlisted$')
scripts/race.sh
scripts/fuzz.sh
test/imap/run.sh
if [ -d cmd/unlisted ]; then
	make --no-print-directory build cli
	scripts/e2e.sh
	scripts/a11y.sh
fi
echo "all tests passed"
