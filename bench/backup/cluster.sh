#!/usr/bin/env bash
# A PostgreSQL cluster of the bench's own, set as the lab sets its clusters, filled with at least 2 GB:
#     cluster.sh up PROGRAMS FOLDER PORT | down PROGRAMS FOLDER
# The administrator is "bench"; the password is BENCH_PASSWORD. A cluster that is there is started again as it is.
set -euo pipefail
verb=$1 programs=$2 folder=$3
data=$folder/data

# PostgreSQL refuses to be root.
server() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid 65534 --regid 65534 --clear-groups env HOME="$folder" "$@"
    else
        "$@"
    fi
}
sql() { PGPASSWORD=$BENCH_PASSWORD "$programs/psql" -XAtqv ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U bench "$@"; }

if [ "$verb" = down ]; then
    [ ! -e "$data/postmaster.pid" ] || server "$programs/pg_ctl" -D "$data" -m immediate -w stop >/dev/null
    exit
fi

port=$4
if [ ! -e "$data/PG_VERSION" ]; then
    mkdir -p "$folder"
    [ "$(id -u)" != 0 ] || chown 65534:65534 "$folder"
    printf '%s\n' "$BENCH_PASSWORD" > "$folder/password"
    [ "$(id -u)" != 0 ] || chown 65534:65534 "$folder/password"
    server "$programs/initdb" -D "$data" -U bench --pwfile="$folder/password" --auth=scram-sha-256 --encoding=UTF8 \
        --locale=C --no-sync --no-instructions >/dev/null
    rm "$folder/password"
    cat >> "$data/postgresql.conf" <<SETTINGS
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$folder'
shared_buffers = 128MB
dynamic_shared_memory_type = mmap
jit = off
wal_level = replica
max_wal_senders = 10
logging_collector = off
SETTINGS
    cat "${BENCH_SETTINGS:-/dev/null}" >> "$data/postgresql.conf"
fi
server "$programs/pg_ctl" -D "$data" status >/dev/null ||
    server "$programs/pg_ctl" -D "$data" -l "$folder/log" -w -t 120 start >/dev/null

[ -z "$(sql -d postgres -c "select 'filled' from pg_database where datname = 'bench'")" ] || exit 0
sql -d postgres -c 'drop database if exists filling' 2>/dev/null
sql -d postgres -c 'create database filling'
PGPASSWORD=$BENCH_PASSWORD "$programs/pgbench" -i -q -s "${BENCH_SCALE:-50}" -h 127.0.0.1 -p "$port" -U bench filling 2>/dev/null
sql -d filling <<SQL
create table paragraph as
    select n, (select string_agg(md5((n * 40 + w % 7)::text) || ' the quick brown fox ', '') from generate_series(1, 9) w) body
      from generate_series(1, 20000) n;
create table note (id int primary key, written timestamptz, author text, body text);
insert into note
    select i, timestamptz '2026-01-01' + i * interval '1 minute', 'author ' || i % 997, a.body || b.body || c.body
      from generate_series(1, 10000 * ${BENCH_SCALE:-50}) i
      join paragraph a on a.n = i * 7919::bigint % 20000 + 1
      join paragraph b on b.n = i * 104729::bigint % 20000 + 1
      join paragraph c on c.n = i * 1299709::bigint % 20000 + 1;
drop table paragraph;
create index on note (author, written);
create table picture (id int primary key, bytes bytea);
SQL
python3 -c "
import os
for n in range(8000 * ${BENCH_SCALE:-50}):
    print(f'{n}\t\\\\\\\\x{os.urandom(1900).hex()}')
" | sql -d filling -c 'copy picture from stdin'
sql -d filling -c 'vacuum analyze'
sql -d postgres -c 'alter database filling rename to bench'
