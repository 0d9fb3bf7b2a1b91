# shellcheck shell=sh
# How ci/setup --go-debian gets the Go programs of Debian that check-go is tried on (cases/go/debian.tsv), of
# other architectures too; it is read by that script and uses its functions and variables.
# shellcheck disable=SC2154    # root, print_only, mirror and keys are set there

GO_DEBIAN=$root/build/go/debian

# The rows of the table whose package is among the words of $1, or all.
debian_rows() {
    awk -F '\t' -v only=" $1 " '/^[^#]/ && (only == "  " || index(only, " " $1 " "))' \
        "$root/cases/go/debian.tsv"
}

# An apt of its own in the folder $1, which knows the suites and architectures that the rows on stdin name,
# and nothing else. The mirror and its keys are find_mirror's.
write_apt() {
    mkdir -p "$1/lists/partial" "$1/cache/archives/partial"
    awk -F '\t' -v mirror="$mirror" -v key="$keys" '
        index(" " of[$3] " ", " " $2 " ") == 0 { of[$3] = of[$3] " " $2; all[$2] = 1 }
        END { for (s in of) { gsub(/^ /, "", of[s]); gsub(/ /, ",", of[s])
                              print "deb [signed-by=" key " arch=" of[s] "] " mirror " " s " main" > "/dev/stderr" }
              printf "APT::Architectures { \"amd64\";"
              for (a in all) if (a != "amd64") printf " \"%s\";", a
              print " };" }' >"$1/apt.conf" 2>"$1/sources.list"
    cat >>"$1/apt.conf" <<END
APT::Architecture "amd64";
Dir::Etc::sourcelist "$1/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::lists "$1/lists";
Dir::Cache "$1/cache";
Acquire::Languages "none";
END
}

# Unpacks each package into build/go/debian/PACKAGE, one after the other, so that those which are there stay
# when one can't be had. What a suite has today may be newer than the version in the table.
unpack_go_debian() {
    need_apt dpkg-dev
    rows=$(debian_rows "$1")
    [ -n "$rows" ] || die "cases/go/debian.tsv has none of the packages: $1"
    if [ "$print_only" = 1 ]; then
        echo "$rows" | awk -F '\t' '{ print "apt-get download " $1 ":" $2 "/" $3 "   # into build/go/debian" }'
        return 0
    fi
    find_mirror    # of ci/system.sh
    mkdir -p "$GO_DEBIAN"
    echo "$rows" | write_apt "$GO_DEBIAN/apt"
    APT_CONFIG=$GO_DEBIAN/apt/apt.conf
    export APT_CONFIG
    apt-get -q update >&2 || die "the package lists could not be downloaded (the messages are above)"
    echo "$rows" | while IFS='	' read -r package arch suite _; do
        fresh=$GO_DEBIAN/$package.$$
        say "unpacking $package of $suite for $arch into build/go/debian/$package"
        if ! unpack_debs "$fresh" "$package:$arch/$suite"; then
            rm -rf "$fresh"
            die "$package:$arch could not be downloaded and unpacked (the messages are above)"
        fi
        rm -rf "${GO_DEBIAN:?}/$package"
        mv "$fresh" "$GO_DEBIAN/$package"
    done
    say "done; they are in build/go/debian"
}
