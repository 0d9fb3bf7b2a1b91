# shellcheck shell=sh
# How ci/setup --go-release gets a Go toolchain beside the installed one; it is read by that script and uses
# its functions and variables.
# shellcheck disable=SC2154    # root, print_only and quiet are set there

# Prints the newest version of Debian's golang-$1-go that apt knows and, if $2 names a patch release, that is
# of that one; or nothing.
go_in_apt() {
    apt-cache madison "golang-$1-go" 2>/dev/null | awk -F ' *[|] *' '{ print $2 }' | sort -u -V |
        grep -E "^$(printf '%s' "$2" | sed 's/[.]/[.]/g')([.~+-]|\$)" | tail -n 1
}

# Unpacks Go $1 (1.23, or 1.23.5) into build/go/releases/$1; nothing of it is installed.
unpack_go_release() {
    need_apt golang-go
    case $1 in
    ''|*[!0-9.]*|.*|*.|*..*) die "--go-release takes a version, such as 1.23 or 1.23.5, not '$1'" ;;
    esac
    minor=$(printf '%s\n' "$1" | cut -d . -f 1,2)
    into=$root/build/go/releases/$1
    version=$(go_in_apt "$minor" "$1")
    [ -n "$version" ] ||
        die "apt knows no golang-$minor-go of version $1; add a suite that has it, such as backports or the" \
            "next release, to /etc/apt/sources.list.d, run apt-get update, and ci/setup --go-release $1 again"
    if [ "$(cat "$into/version" 2>/dev/null)" = "$version" ]; then
        [ "$quiet" = 1 ] || say "golang-$minor $version is in build/go/releases/$1 already"
        return 0
    fi
    if [ "$print_only" = 1 ]; then
        echo "apt-get download golang-$minor-go=$version golang-$minor-src=$version"
        echo "for p in golang-$minor-*.deb; do dpkg-deb -x \$p $into; done"
        return 0
    fi
    fresh=$into.$$
    say "unpacking golang-$minor $version into build/go/releases/$1"
    if ! unpack_debs "$fresh" "golang-$minor-go=$version" "golang-$minor-src=$version" ||
        ! [ -x "$fresh/usr/lib/go-$minor/bin/go" ]; then
        rm -rf "$fresh"
        die "golang-$minor $version could not be downloaded and unpacked (the messages are above)"
    fi
    echo "$version" >"$fresh/version"
    rm -rf "$into"
    mv "$fresh" "$into"
    say "done; it is in build/go/releases/$1"
}
