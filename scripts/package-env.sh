# What the package scripts share; sourced by them from the project's root. The version is that of
# FyneApp.toml, the time that of the commit: the same commit gives the same bytes. Tests set others.
VERSION=${VERSION:-$(sed -n 's/^ *Version *= *"\(.*\)"/\1/p' FyneApp.toml)}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export VERSION SOURCE_DATE_EPOCH TZ=UTC LC_ALL=C.UTF-8
ID=app.unlisted.Unlisted
umask 022

# tool runs a program of tools/go.mod, which pins its version.
tool() { CGO_ENABLED=0 go tool -modfile=tools/go.mod "$@"; }

# filled writes a template with the version, the date and the sizes of the pictures.
filled() {
	local marks=(-e "s/@VERSION@/$VERSION/g" -e "s/@DATE@/$(day)/g") name
	for name in find reach fix; do
		# A PNG says its width and height at bytes 16 and 20.
		marks+=(-e "s/@$name.width@/$(png "$name" 16)/" -e "s/@$name.height@/$(png "$name" 20)/")
	done
	sed "${marks[@]}" "$1"
}
# day is the date of the commit; macOS' date is written otherwise.
day() { date -u -d "@$SOURCE_DATE_EPOCH" +%F 2>/dev/null || date -u -r "$SOURCE_DATE_EPOCH" +%F; }
png() { echo $((0x$(od -An -tx1 -j "$2" -N 4 "assets/pictures/$1.png" | tr -d ' '))); }

# thirdparty writes the licence of every module built into the packages named, of Go, of the window's C
# parts and of the fonts. It fails where a module has none. Arguments: where to, tags, packages.
thirdparty() {
	local out=$1 tags=$2 path version dir f found
	shift 2
	{
		echo "Unlisted $VERSION is built with the following. Each part has its own terms."
		printf '\n==== Go\n\n'
		cat "$(go env GOROOT)/LICENSE"
		go list -deps -tags "$tags" -f '{{with .Module}}{{if .Version}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}' "$@" | sort -u |
			while read -r path version dir; do
				found=
				for f in "$dir"/LICEN[SC]E* "$dir"/glfw/LICEN[SC]E* "$dir"/COPYING* "$dir"/NOTICE*; do
					[ -f "$f" ] || continue
					found=1
					printf '\n==== %s %s (%s)\n\n' "$path" "$version" "${f##*/}"
					cat "$f"
				done
				[ -n "$found" ] || { echo "no licence found: $path $version" >&2; exit 1; }
			done
		dir=$(go list -m -f '{{.Dir}}' fyne.io/fyne/v2)/theme/font
		for f in "$dir"/*LICEN[SC]E* "$dir"/*OFL*; do
			[ -f "$f" ] || continue
			printf '\n==== Fonts of fyne.io/fyne/v2 (%s)\n\n' "${f##*/}"
			cat "$f"
		done
	} >"$out"
}
