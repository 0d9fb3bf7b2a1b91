# shellcheck shell=sh
# How ci/setup gets what a target needs of the next release on a release that does not have it: a newer QEMU
# (<target>.qemu_from of arch/<arch>/target.mk), and the compiler with all that it needs (<target>.unpack),
# unpacked into build/tools-next, nothing installed. It is read by that script and uses its functions and
# variables.
# shellcheck disable=SC2154    # root, print_only, quiet and others are set there

TOOLS_NEXT=build/tools-next

# Downloads packages, named NAME=VERSION, and unpacks them into the folder $1, which is made anew.
unpack_debs() {
    rm -rf "$1"
    mkdir -p "$1"
    # apt as root drops its rights for a download, which a folder of root's does not allow: a warning, no more.
    (cd "$1" && shift && apt-get -q download "$@" >&2 &&
        for p in ./*.deb; do dpkg-deb -x "$p" . || exit 1; done && rm -f ./*.deb)
}

# Prints the package of libLLVM, of the oldest version that will do and apt can install, where a target asks
# for one and none is there; the oldest of all, if apt knows none.
llvm_packages() {
    has apt-cache || return 0
    for oldest in $(fact llvm | cut -d ' ' -f 2 | sort -u); do
        here=$(PATH=$PATH:/sbin ldconfig -p | sed -n 's/^[[:space:]]*libLLVM-\([0-9]*\)\.so\.1 .*/\1/p
            s/^[[:space:]]*libLLVM\.so\.\([0-9]*\)\..*/\1/p' | sort -n | tail -1)
        [ "${here:-0}" -lt "$oldest" ] || continue
        found=libllvm$oldest
        for release in $(seq "$oldest" $((oldest + 20))); do
            if installable "libllvm$release"; then found=libllvm$release; break; fi
        done
        echo "$found"
    done
}

# Whether apt can install a package by its name alone, with all that it needs: another suite that apt knows may
# have it for newer libraries.
installable() {
    candidate=$(apt-cache policy "$1" 2>/dev/null | awk '$1 == "Candidate:" { print $2 }')
    [ -n "$candidate" ] && [ "$candidate" != '(none)' ] &&
        apt-get -q --simulate --no-install-recommends --no-remove install "$1" >/dev/null 2>&1
}

# Prints the targets whose QEMU, installed or unpacked, is older than they need.
wants_newer_qemu() {
    fact qemu_from | while read -r t from; do
        q=$(fact qemu | awk -v t="$t" '$1 == t { print $2 }')
        [ ! -x "$root/build/qemu-next/$q" ] || q=$root/build/qemu-next/$q
        v=$("$q" --version 2>/dev/null | sed -n 's/.*version \([0-9]*\).*/\1/p' | head -1)
        [ "${v:-0}" -ge "$from" ] || echo "$t"
    done
}

# Prints what is to be unpacked: of the asked targets that have no compiler and can't have one installed.
to_unpack() {
    fact unpack | while read -r t names; do
        triple_works "$(fact triple | awk -v t="$t" '$1 == t { print $2 }')" && continue
        for p in $(fact packages | awk -v t="$t" '$1 == t { $1 = ""; print }'); do
            if ! installable "$p"; then echo "$names"; break; fi
        done
    done
}

# Prints PACKAGE=VERSION, the newest that apt knows, for each name; fails with the first that apt does not
# know.
versions_in_apt() {
    versions=$(apt-cache madison "$@" 2>/dev/null |
        awk -F ' *[|] *' '{ sub(/^ +/, "", $1); print $1, $2 }' | sort -V)
    for p in "$@"; do
        v=$(echo "$versions" | awk -v p="$p" '$1 == p { v = $2 } END { print v }')
        if [ -z "$v" ]; then echo "$p"; return 1; fi
        echo "$p=$v"
    done
}

unpack_tools() {
    need_apt dpkg-dev
    # shellcheck disable=SC2086    # a list of names
    what=$(versions_in_apt $unpacked) ||
        die "apt knows no $(echo "$what" | tail -1), of which the cross compiler of" \
            "$(fact unpack | cut -d ' ' -f 1 | tr '\n' ' ')is made; add a suite that has it, such as trixie" \
            "on Debian 12, to /etc/apt/sources.list.d, run apt-get update and ci/setup again"
    into=$root/$TOOLS_NEXT
    if [ "$print_only" = 1 ]; then
        later "(mkdir -p $into && cd $into && apt-get download $(echo "$what" | tr '\n' ' '))"
        later "# then run ci/setup again, which unpacks them"
        return 0
    fi
    fresh=$into.$$
    say "unpacking $(echo "$what" | wc -l) packages of a newer release into $TOOLS_NEXT"
    # shellcheck disable=SC2086    # a list of names
    if ! unpack_debs "$fresh" $what || ! wrap_programs "$fresh"; then
        rm -rf "$fresh"
        die "the packages could not be downloaded and unpacked (the messages are above)"
    fi
    rm -rf "$into"
    mv "$fresh" "$into"
}

# The unpacked programs want the C library that they were built with, so each is started through that one's
# loader: in the place of every program stands a script, and beside it the program as NAME.elf. $1: the
# folder. Scripts find their way from where they stand, so that the folder may be moved.
wrap_programs() {
    (cd "$1" && find usr -type f -perm -u+x ! -name '*.so*' ! -name '*.elf' | while read -r f; do
        [ "$(head -c 4 "$f" | tail -c 3)" = ELF ] || continue
        readelf -l "$f" 2>/dev/null | grep -q INTERP || continue
        up=$(dirname "$f" | sed 's:[^/]*:..:g')
        mv "$f" "$f.elf"
        {
            echo '#!/bin/sh'
            echo "top=\${0%/*}/$up"
            # shellcheck disable=SC2016    # for the script that is written
            echo 'lib=$top/usr/lib/'"$(cd usr/lib && echo ./*/ld-linux-*.so.* | cut -d/ -f2)"
            # shellcheck disable=SC2016
            echo 'exec "$lib"/ld-linux-*.so.* --library-path "$lib" --argv0 "$0" "$0.elf" "$@"'
        } >"$f"
        chmod +x "$f"
    done
    # A link to a program would find its way from where the link stands: such a one becomes a script too.
    find usr -type l | while read -r l; do
        to=$(readlink -f "$l") || continue
        [ -e "$to.elf" ] || continue
        way=$(realpath --relative-to="$(dirname "$l")" "$to")
        # shellcheck disable=SC2016
        printf '#!/bin/sh\nexec "${0%%/*}/%s" "$@"\n' "$way" >"$l.new"
        chmod +x "$l.new"
        mv -f "$l.new" "$l"
    done
    mkdir bin
    for f in usr/bin/*; do
        name=${f##*/}
        case $name in *.elf) continue ;; esac
        # shellcheck disable=SC2016
        printf '#!/bin/sh\nexec "${0%%/*}/../%s" "$@"\n' "$f" >"bin/$(echo "$name" | sed 's/-[0-9]*$//')"
    done
    chmod +x bin/*)
}
