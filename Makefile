# The two commands a person needs: make run, make test.
VERSION := $(shell sed -n 's/^ *Version *= *"\(.*\)"/\1/p' FyneApp.toml)
# no_emoji: the toolkit's emoji font weighs four megabytes; the system's is used where there is one.
TAGS    := release,migrated_fynedo,accessibility,no_emoji
LDFLAGS := -s -w -X main.version=$(VERSION)

.PHONY: run test build cli man gallery bench lint hostile ledger-kill mutate
.PHONY: deb rpm tarball windows macos-bundle packages packages-check reproducible sbom checksums size tags

run:
	@scripts/run.sh

build:
	@scripts/deps.sh build
	go build -trimpath -tags $(TAGS) -ldflags "$(LDFLAGS)" -o bin/unlisted ./cmd/unlisted

cli:
	CGO_ENABLED=0 go build -trimpath -ldflags "$(LDFLAGS)" -o bin/unlisted-cli ./cmd/unlisted-cli

# A man page for each command, in every language.
man: cli
	@for lang in $(notdir $(wildcard assets/text/*)); do \
		bin/unlisted-cli man --lang $$lang -o dist/man/$$lang/man1; \
	done

# Packages, into dist; docs/packaging.md says what each holds and how it was tried.
deb rpm tarball: build cli
	@scripts/deps.sh package
	scripts/package-linux.sh $@

# Programs, portable archive and installers, cross-built. SIGN_CERT and SIGN_KEY sign them.
windows:
	@scripts/deps.sh package
	scripts/package-windows.sh build
	scripts/package-windows.sh zip
	scripts/package-windows.sh msi

# The layout of the macOS program; on a Mac the program itself, signed, and its disk image.
macos-bundle:
	scripts/package-macos.sh

packages: deb rpm tarball windows sbom checksums

# The packages as a person meets them: a bare Debian and Wine, as root, some ten minutes.
packages-check: packages macos-bundle
	@scripts/deps.sh package-check
	test/packages/linux.sh
	test/packages/windows.sh

reproducible:
	@scripts/deps.sh package
	scripts/reproduce.sh

sbom: build cli
	scripts/package-release.sh sbom

checksums:
	scripts/package-release.sh checksums

size: build cli
	@scripts/sizes.sh

tags:
	@echo $(TAGS)

test:
	@scripts/test.sh

lint:
	@scripts/lint.sh

# Every place and state, in every language, theme and text size, as pictures.
gallery:
	CGO_ENABLED=0 go run ./cmd/gallery -out dist/gallery

# The program killed 500 times while it asks: the ledger names all that a server saw.
ledger-kill:
	CGO_ENABLED=0 LEDGER_KILLS=500 go test -count 1 -timeout 30m -run TestLedgerSurvivesKill -v ./checks/session

bench:
	CGO_ENABLED=0 go test -run '^$$' -bench . -benchmem ./checks/...
	scripts/bench-mbox.sh
	scripts/bench-pst.sh
	scripts/bench-startup.sh

# How many small changes to the rules of the house go unnoticed by their tests (an hour; or PACKAGES="plan reach").
mutate:
	@scripts/mutate.sh $(PACKAGES)

# Files made to stall a program, as large as they come (Linux; some minutes).
hostile:
	CGO_ENABLED=0 go test -timeout 30m -run TestHostileFiles -v ./cmd/unlisted-cli -large
