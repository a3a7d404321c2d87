#!/usr/bin/env bash
# The tests of what runs on several goroutines, watched for memory touched unguarded (needs a C compiler).
# The other packages of checks are left out: no goroutine starts in them (checks/house_test.go), nothing in them
# waits or serves, and ten times slower their large files would take most of an hour.
set -euo pipefail
cd "$(dirname "$0")/.."
CGO_ENABLED=1 go test -race ./checks/job ./checks/session ./checks/profile/... ./checks/outbound/... ./checks/breach/... \
	./checks/update ./checks/overview/... ./checks/rehearsal ./checks/evidence ./checks/evidence/imapbox ./ui/shell
