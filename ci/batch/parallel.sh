#!/bin/sh
# A check divided among machines by GNU parallel: a target's shards, one job each, then the merge.
#
#   ci/batch/parallel.sh TARGET SHARDS [HOST ...]
#
# HOST is what `parallel --sshlogin` takes, such as 2/build1 (two jobs at a time there); without one, this
# machine (":"). Each needs this tree, at the same commit and the same path, and rsync where it is not this
# machine. What is in the environment for ci/job (DEPTH, SEEDS, ...) goes along. Exit status: the merge's.

set -eu
cd "$(dirname "$0")/../.."
[ $# -ge 2 ] || { sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2; exit 2; }
command -v parallel >/dev/null || { echo "missing: parallel; install with: apt-get install -y parallel" >&2; exit 2; }
target=$1 shards=$2
shift 2
[ $# -gt 0 ] || set -- :

rm -rf "results/jobs/$target"-*
logins=
for host in "$@"; do logins="$logins --sshlogin $host"; done
# A job that finds a failure ends with 1, and the others go on; the merge says what failed.
# shellcheck disable=SC2086    # logins: words
seq "$shards" | parallel $logins --workdir "$PWD" --retries 2 --joblog results/parallel.log \
    --env MODE --env DEPTH --env SEED --env SEEDS --return "results/jobs/$target-{}" \
    "ci/job check $target {}/$shards || [ \$? = 1 ]"
ARCH=$target exec ci/job merge
