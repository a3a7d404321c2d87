#!/usr/bin/env bash
# Format, vet, staticcheck, errors left unread, answers left open, and known holes in what is built in.
# The tools are in a module of their own (tools/go.mod), apart from what the product is made of.
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=0
tool() { go tool -modfile=tools/go.mod "$@"; }
unformatted=$(tool gofumpt -l $(git ls-files '*.go'))
[ -z "$unformatted" ] || { echo "gofumpt would change:"; echo "$unformatted"; exit 1; }
packages=$(go list -e ./... | grep -v '/cmd/unlisted$')
go vet $packages
go vet -tags imap ./test/imap
tool staticcheck $packages

# What is closed or removed by a defer was only read, or is gone already: files are written by atomicfile alone.
unread=$(tool errcheck -ignoretests -exclude scripts/errcheck.txt $packages | grep -v ':[[:space:]]*defer ' || true)
[ -z "$unread" ] || { echo "errors nobody reads:"; echo "$unread"; exit 1; }

mkdir -p dist/tools
go build -modfile=tools/go.mod -o dist/tools/bodyclose github.com/timakin/bodyclose
left=$(go vet -vettool="$PWD/dist/tools/bodyclose" $packages 2>&1 | grep 'must be closed' | grep -v '_test\.go:' || true)
[ -z "$left" ] || { echo "$left"; exit 1; }

# Its database is on the network: where that cannot be reached, nothing is known and nothing fails.
go build -modfile=tools/go.mod -o dist/tools/govulncheck golang.org/x/vuln/cmd/govulncheck
if ! dist/tools/govulncheck -version 2>/dev/null | grep -q '^DB updated'; then
	echo "govulncheck: its database cannot be reached, known holes were not looked for"
else
	dist/tools/govulncheck ./cmd/unlisted-cli
fi
echo "lint: nothing to say"
