# shellcheck shell=sh
# How ci/setup gets a new enough Capstone; it is read by that script and uses its functions and variables.
# shellcheck disable=SC2154    # root, CAPSTONE_MAJOR and as_root are set there

# Where apt keeps sources and preferences, by its own configuration.
apt_dirs() {
    apt_sources=/etc/apt/sources.list.d apt_preferences=/etc/apt/preferences.d
    eval "$(apt-config shell apt_sources Dir::Etc::sourceparts/d \
                             apt_preferences Dir::Etc::preferencesparts/d)"
    source_file=${apt_sources%/}/everypc-capstone.sources
    pin_file=${apt_preferences%/}/everypc-capstone
}

# Prints how apt can install a new enough Capstone from what it knows: "candidate", "version V", or nothing.
capstone_in_apt() {
    v=$(apt-cache policy libcapstone-dev 2>/dev/null | awk '$1 == "Candidate:" { print $2 }')
    case $v in
    ''|'(none)') ;;
    *) if dpkg --compare-versions "$v" ge "$CAPSTONE_MAJOR"; then echo candidate; return; fi ;;
    esac
    for v in $(apt-cache madison libcapstone-dev 2>/dev/null | awk -F ' *[|] *' '{ print $2 }'); do
        if dpkg --compare-versions "$v" ge "$CAPSTONE_MAJOR"; then echo "version $v"; return; fi
    done
}

# Prints the Signed-By of the source entry "FILE:N": line N of a .list, paragraph N of a .sources; nothing if
# it has none.
signed_by() {
    file=${1%:*} n=${1##*:}
    case $file in
    *.sources)
        grep -v '^#' "$file" | awk -v n="$n" '
            BEGIN { RS = ""; FS = "\n" }
            NR == n { for (i = 1; i <= NF; i++) {
                if (tolower($i) ~ /^signed-by:/) { on = 1; sub(/^[^:]*:[ \t]*/, "", $i); print $i }
                else if ($i !~ /^[ \t]/) on = 0
                else if (on) print $i } }' ;;
    *) sed -n "${n}s/.*[[ ][Ss]igned-[Bb]y=\([^] ]*\).*/\1/p" "$file" ;;
    esac
}

# Makes the text of the two files, for Capstone alone: suite $2 of the mirror that this machine's suite $1
# comes from.
capstone_files() {
    # shellcheck disable=SC2016    # the format is apt's, not the shell's
    format='$(REPO_URI)|$(COMPONENT)|$(SOURCESENTRY)|$(RELEASE)|$(CREATED_BY)'
    entry=$(apt-get indextargets --format "$format" | awk -F '|' -v s="$1" '
        $2 == "main" && $4 == s && $5 == "Packages" && $1 !~ /^(cdrom|file):/ { print; exit }')
    [ -n "$entry" ] || return 1
    uri=${entry%%|*}
    entry=${entry#*|}; entry=${entry#*|}
    keys=$(signed_by "${entry%%|*}")
    [ -z "$keys" ] || keys="
Signed-By: $keys"
    note="# Written by everypc's ci/setup: Capstone $CAPSTONE_MAJOR from $2, and nothing else from there.
# Delete $source_file and $pin_file to undo, and before this machine becomes $2."
    source_text="$note
Types: deb
URIs: $uri
Suites: $2
Components: main
Architectures: $(dpkg --print-architecture)
Languages: none
Targets: Packages$keys"
    pin_text="$note
Package: *
Pin: release n=$2
Pin-Priority: -1

Package: libcapstone5 libcapstone-dev
Pin: release n=$2
Pin-Priority: 990"
}

write_file() {
    if will_run; then
        # shellcheck disable=SC2086    # as_root is empty or one word
        echo "$2" | $as_root ${as_root:+-n} tee "$1" >/dev/null && $as_root ${as_root:+-n} chmod 644 "$1"
    else
        later "${as_root:+$as_root }tee $1 >/dev/null <<'END'
$2
END"
    fi
}

# Takes back the two files and says why there is no Capstone.
capstone_gone() {
    # shellcheck disable=SC2086    # as_root is empty or one word
    $as_root ${as_root:+-n} rm -f "$source_file" "$pin_file"
    die "$@"
}

# Adds the next Debian release's suite for Capstone, when this is a Debian that has too old a one.
add_capstone_suite() {
    ID='' VERSION_CODENAME='' PRETTY_NAME='this system'
    # shellcheck disable=SC1091
    [ ! -r /etc/os-release ] || . /etc/os-release
    case $ID:$VERSION_CODENAME in
    debian:bookworm) suite=trixie ;;
    *) die "Capstone $CAPSTONE_MAJOR or newer is needed and the package sources of $PRETTY_NAME have none." \
           "Either use Debian 12 or newer or a later Ubuntu (a container will do)," \
           "or build Capstone $CAPSTONE_MAJOR from its sources and install" \
           "it with its headers and capstone.pc (cmake --install, then ldconfig). Then run ci/setup again." ;;
    esac

    apt_dirs
    if ! capstone_files "$VERSION_CODENAME" "$suite"; then
        if will_run; then
            die "Capstone $CAPSTONE_MAJOR is needed; apt has no network source of $VERSION_CODENAME/main" \
                "whose mirror could provide $suite's"
        fi
        later "# Capstone $CAPSTONE_MAJOR comes from $suite;" \
              "after the apt-get update above, ci/setup --print says how"
        return 0
    fi
    # An archive-keyring package older than the suite lacks its keys; this machine's own suite has the update.
    [ -e "/usr/share/keyrings/debian-archive-$suite-automatic.gpg" ] || apt_install debian-archive-keyring
    write_file "$pin_file" "$pin_text"          # first, so that the suite is never there unpinned
    write_file "$source_file" "$source_text"
    if will_run; then
        say "adding $suite for Capstone only: $source_file, $pin_file"
        apt_update -o Dir::Etc::sourcelist="$source_file" -o Dir::Etc::sourceparts=- \
            -o APT::Get::List-Cleanup=0 -o APT::Update::Error-Mode=any ||
            capstone_gone "Capstone $CAPSTONE_MAJOR is needed; this machine's mirror does not have $suite," \
                "or its signature could not be checked"
        [ "$(capstone_in_apt)" = candidate ] ||
            capstone_gone "Capstone $CAPSTONE_MAJOR is needed; this machine's mirror" \
                "of $suite does not have it"
    else
        later "${as_root:+$as_root }apt-get update"
    fi
}

install_capstone() {
    how=$(capstone_in_apt)
    if [ -z "$how" ]; then
        add_capstone_suite
        how=candidate
    fi
    case $how in
    candidate) apt_install libcapstone-dev ;;
    *) apt_install "libcapstone-dev=${how#version }" ;;
    esac
}
