#!/usr/bin/env bash
# Format, vet and staticcheck.
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=0
unformatted=$(go tool gofumpt -l $(git ls-files '*.go'))
[ -z "$unformatted" ] || { echo "gofumpt would change:"; echo "$unformatted"; exit 1; }
packages=$(go list -e ./... | grep -v '/cmd/unlisted$')
go vet $packages
go vet -tags imap ./test/imap
go tool staticcheck $packages
echo "lint: nothing to say"
