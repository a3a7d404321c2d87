#!/usr/bin/env bash
# Packs bin/unlisted and bin/unlisted-cli for Linux: package-linux.sh deb|rpm|tarball. Results lie in dist.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/package-env.sh
root=dist/linux/root
share=$root/usr/share

# lay puts every file of the packages where it stands on a system.
lay() {
	rm -rf dist/linux
	install -Dm755 -t $root/usr/bin bin/unlisted bin/unlisted-cli
	install -Dm644 -t $share/applications packaging/linux/$ID.desktop
	mkdir -p $share/metainfo
	filled packaging/linux/$ID.metainfo.xml.in >$share/metainfo/$ID.metainfo.xml
	local n
	for n in 16 24 32 48 64 128 256 512; do
		install -Dm644 packaging/icons/unlisted-$n.png $share/icons/hicolor/${n}x$n/apps/$ID.png
	done
	install -Dm644 packaging/icons/unlisted.svg $share/icons/hicolor/scalable/apps/$ID.svg
	mkdir -p $share/man/man1 $share/man/fr/man1
	bin/unlisted-cli man --lang en -o $share/man/man1
	bin/unlisted-cli man --lang fr -o $share/man/fr/man1
	filled packaging/linux/unlisted.1.in >$share/man/man1/unlisted.1
	filled packaging/linux/unlisted.1.fr.in >$share/man/fr/man1/unlisted.1
	gzip -9n $share/man/man1/* $share/man/fr/man1/*
	mkdir -p $share/bash-completion/completions $share/zsh/site-functions $share/fish/vendor_completions.d
	bin/unlisted-cli completion bash >$share/bash-completion/completions/unlisted-cli
	bin/unlisted-cli completion zsh >$share/zsh/site-functions/_unlisted-cli
	bin/unlisted-cli completion fish >$share/fish/vendor_completions.d/unlisted-cli.fish
	thirdparty dist/linux/THIRD-PARTY.txt "$(make -s --no-print-directory tags)" ./cmd/unlisted ./cmd/unlisted-cli
	printf 'unlisted (%s-1) unstable; urgency=medium\n\n  * Version %s.\n\n -- %s  %s\n' "$VERSION" "$VERSION" \
		"Unlisted contributors <packages@unlisted.app>" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" |
		gzip -9n >dist/linux/changelog.Debian.gz
}

# tarball is the program without an installation, such as for a USB stick.
tarball() {
	local name=unlisted-$VERSION-linux-amd64
	local to=dist/linux/$name
	mkdir -p "$to"
	cp -r $root/usr/bin/* $share packaging/portable/*.txt LICENSE dist/linux/THIRD-PARTY.txt "$to"
	tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=ustar \
		-C dist/linux -cf - "$name" | gzip -9n >"dist/$name.tar.gz"
}

case "${1:-}" in
deb | rpm) lay; tool nfpm package -f packaging/linux/nfpm.yaml -p "$1" -t dist/ ;;
tarball) lay; tarball ;;
*) echo "usage: package-linux.sh deb|rpm|tarball" >&2; exit 2 ;;
esac
