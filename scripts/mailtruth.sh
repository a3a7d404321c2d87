#!/usr/bin/env bash
# How well a mailbox is read: a generated one of 50,000 mails of which everything
# is known, its recall and precision for every kind of mail, and the wordings of
# half A that are missed most.
# usage: scripts/mailtruth.sh [-n MAILS] [-seed SEED] [-misses N] [-list]
set -euo pipefail
cd "$(dirname "$0")/.."
CGO_ENABLED=0 go run ./test/mailtruth -misses 30 "$@"
