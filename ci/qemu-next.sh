# shellcheck shell=sh
# How ci/setup --qemu-next gets a newer QEMU; it is read by that script and uses its functions and variables.
# shellcheck disable=SC2154    # root, print_only and quiet are set there

QEMU_NEXT_MAJOR=10      # the first one that is worth it beside 7.2 to 9

# Prints the oldest version of Debian's qemu-user from QEMU_NEXT_MAJOR on that apt knows, or nothing.
qemu_in_apt() {
    apt-cache madison qemu-user 2>/dev/null | awk -F ' *[|] *' '{ print $2 }' | sort -u -V |
        while read -r v; do
            if dpkg --compare-versions "$v" ge "1:$QEMU_NEXT_MAJOR"; then echo "$v"; break; fi
        done
}

# Unpacks the package into build/qemu-next, with links to its programs at the top. Its programs need no
# library; nothing of it is installed.
unpack_qemu_next() {
    need_apt qemu-user
    into=$root/build/qemu-next
    version=$(qemu_in_apt)
    [ -n "$version" ] ||
        die "apt knows no qemu-user of version $QEMU_NEXT_MAJOR or newer; add a suite that has it, such as" \
            "bookworm-backports or trixie on Debian 12, to /etc/apt/sources.list.d, run apt-get update," \
            "and ci/setup --qemu-next again"
    if [ "$(cat "$into/version" 2>/dev/null)" = "$version" ]; then
        [ "$quiet" = 1 ] || say "qemu-user $version is in build/qemu-next already"
        return 0
    fi
    if [ "$print_only" = 1 ]; then
        echo "apt-get download qemu-user=$version"
        echo "dpkg-deb -x qemu-user_*.deb $into"
        return 0
    fi
    fresh=$into.$$
    say "unpacking qemu-user $version into build/qemu-next"
    if ! unpack_debs "$fresh" "qemu-user=$version" ||
        ! (cd "$fresh" && for q in usr/bin/qemu-*; do ln -s "$q" . || exit 1; done); then
        rm -rf "$fresh"
        die "qemu-user $version could not be downloaded and unpacked (the messages are above)"
    fi
    echo "$version" >"$fresh/version"
    rm -rf "$into"
    mv "$fresh" "$into"
    say "done; use it with QEMU=build/qemu-next"
}
