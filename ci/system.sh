# shellcheck shell=sh
# How ci/setup --system gets what RUNNER=system needs: QEMU's system mode as packages, and for each target the
# kernel of another Debian architecture, without telling this machine's apt of that architecture. It is read by
# ci/setup and uses its functions and variables.
# shellcheck disable=SC2154    # root, print_only, quiet, as_root and entry_* are set there

KERNELS=$root/build/kernels     # TARGET/kernel and TARGET/version; the driver looks there

# Gets what the targets named lack.
set_up_system() {
    need_apt qemu-system
    wanted=$(fact guest_packages | cut -d ' ' -f 2- | tr ' ' '\n' | sort -u | tr '\n' ' ')
    for t in $targets; do
        why=$(fact no_guest | sed -n "s/^$t //p")
        [ -z "$why" ] || [ "$quiet" = 1 ] || say "skipped $t: $why"
    done
    [ -n "${wanted# }" ] || die "there is no kernel for any of:$targets"
    # shellcheck disable=SC2086    # lists of names
    todo=$(not_installed $wanted | tr '\n' ' ')
    if [ -n "$todo" ]; then
        update_once
        # shellcheck disable=SC2086
        apt_install $todo
    fi
    find_mirror
    fact kernel >"$work/kernels"
    while read -r t package debian suite; do
        fetch_kernel "$t" "$package" "$debian" "$suite"
    done <"$work/kernels"
    [ -z "$commands" ] || print_and_exit
    [ "$quiet" = 1 ] || say "done; use it with RUNNER=system"
}

# The mirror of Debian that this machine uses, and the keys that its sources name.
find_mirror() {
    # shellcheck disable=SC2016    # the format is apt's, not the shell's
    entry=$(apt-get indextargets --format '$(REPO_URI)|$(SOURCESENTRY)' 'Created-By: Packages' \
            'Origin: Debian' 'Component: main' 'Label: Debian' 2>/dev/null | head -n 1)
    mirror=${entry%%|*}
    keys=$(signed_by "${entry##*|}")
    [ -n "$mirror" ] ||
        die "apt has no source of Debian here, whose mirror has what is fetched; add one, or use a Debian container"
    [ -n "$keys" ] || keys=/usr/share/keyrings/debian-archive-keyring.gpg
}

# Reads the index of one architecture in one suite, signed as the machine's own are, into a folder of its own.
# Every file of it is left in $work/apt, and nothing of it is known to the machine's apt.
read_index() {
    rm -rf "$work/apt"
    mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
    echo "deb [arch=$1 signed-by=$keys] $mirror $2 main" >"$work/apt/sources.list"
    {
        echo "Dir::Etc::sourcelist \"$work/apt/sources.list\";"
        echo 'Dir::Etc::sourceparts "/dev/null";'
        echo "Dir::State::lists \"$work/apt/lists\";"
        echo "Dir::Cache \"$work/apt/cache\";"
        echo 'Dir::State::status "/dev/null";'
        echo 'Acquire::Languages "none";'
        echo "APT::Architecture \"$1\";"
        echo 'APT::Sandbox::User "";'    # who else could not write into a folder of this user's
        echo "#clear APT::Architectures;"
    } >"$work/apt/apt.conf"
    APT_CONFIG=$work/apt/apt.conf apt-get -q -o APT::Update::Error-Mode=any update >&2 || return 1
    for list in "$work"/apt/lists/*_Packages*; do
        APT_CONFIG=$work/apt/apt.conf /usr/lib/apt/apt-helper cat-file "$list" >"$work/apt/index" || return 1
    done
}

# Prints a field of a package's paragraph in that index.
of_package() {
    awk -v package="$1" -v field="$2:" '
        $1 == "Package:" { this = $2 }
        this == package && $1 == field { print $2; exit }' "$work/apt/index"
}

# fetch_kernel TARGET PACKAGE ARCHITECTURE SUITE: PACKAGE depends on the one that has the kernel.
fetch_kernel() {
    into=$KERNELS/$1
    if [ -s "$into/kernel" ] && [ -s "$into/version" ]; then
        [ "$quiet" = 1 ] || say "$1: the kernel $(cat "$into/version") is in build/kernels already"
        return 0
    fi
    if [ "$print_only" = 1 ]; then
        later "# ci/setup --system $1 unpacks ./boot of $4's $2:$3 into build/kernels/$1"
        return 0
    fi
    say "$1: fetching $2 of $3 ($4)"
    read_index "$3" "$4" || die "$1: the packages of $4 for $3 could not be listed (apt's messages are above)"
    image=$(of_package "$2" Depends)
    image=${image%,}
    file=$(of_package "$image" Filename) sum=$(of_package "$image" SHA256)
    if [ -z "$file" ] || [ -z "$sum" ]; then
        die "$1: $4 has no package $2 for $3, or none that names a kernel"
    fi
    APT_CONFIG=$work/apt/apt.conf /usr/lib/apt/apt-helper download-file "${mirror%/}/$file" "$work/kernel.deb" \
        "SHA256:$sum" >&2 || die "$1: $image could not be downloaded from ${mirror%/}/$file"
    rm -rf "$into" "$into.new"
    mkdir -p "$into.new"
    dpkg-deb --fsys-tarfile "$work/kernel.deb" | tar -x -C "$into.new" --wildcards './boot/vmlinu*'
    for kernel in "$into.new"/boot/vmlinu*; do
        [ -s "$kernel" ] || die "$1: $image has no ./boot/vmlinu*"
        echo "${kernel##*/vmlinu?-}" >"$into.new/version"
        mv "$kernel" "$into.new/kernel"
    done
    rmdir "$into.new/boot"
    rm -f "$work/kernel.deb"
    mv "$into.new" "$into"
}
