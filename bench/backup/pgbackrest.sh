#!/usr/bin/env bash
# pgBackRest: zstd at level 1, two processes, AES-256, in a repository on the local disk, which it needs no network for.
# pgbackrest.sh backup | restore | tidy
set -euo pipefail
copy=$WORK/copy
settings=$WORK/pgbackrest.conf

server() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid 65534 --regid 65534 --clear-groups env HOME="$WORK" "$@"
    else
        "$@"
    fi
}
backrest() { server pgbackrest --config="$settings" --stanza=bench --log-level-console=warn "$@"; }
sql() { "$PROGRAMS/psql" -XAtqv ON_ERROR_STOP=1 "$@"; }

prepare() {
    mkdir -p "$WORK/repository" "$WORK/log"
    cat > "$settings" <<SETTINGS
[global]
repo1-path=$WORK/repository
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=$PGPASSWORD
repo1-retention-full=1
log-path=$WORK/log
lock-path=$WORK/log
spool-path=$WORK/log
compress-type=zst
compress-level=1
process-max=2
start-fast=y
[bench]
pg1-path=$CLUSTER/data
pg1-socket-path=$CLUSTER
pg1-port=$PGPORT
pg1-user=$PGUSER
SETTINGS
    chmod 600 "$settings"
    [ "$(id -u)" != 0 ] || chown 65534:65534 "$settings" "$WORK/repository" "$WORK/log"
    backrest stanza-create
    sql -d postgres -c "alter system set archive_command = 'pgbackrest --config=$settings --stanza=bench archive-push %p'" \
        -c 'select pg_reload_conf()' >/dev/null
}

case $1 in
    backup)
        backrest --type=full backup
        ;;
    restore)
        server mkdir -m 700 "$copy"
        backrest --pg1-path="$copy" --type=immediate --target-action=promote restore
        server "$PROGRAMS/pg_ctl" -D "$copy" -l "$WORK/log/copy" -w -t 300 \
            -o "-p $COPY_PORT -c archive_mode=off -c unix_socket_directories=$WORK/log" start >/dev/null
        until [ "$(sql -p "$COPY_PORT" -d postgres -c 'select pg_is_in_recovery()')" = f ]; do sleep 0.05; done
        ;;
    tidy)
        [ ! -e "$copy/postmaster.pid" ] || server "$PROGRAMS/pg_ctl" -D "$copy" -m immediate -w stop >/dev/null
        rm -rf "$copy"
        [ -e "$settings" ] || prepare
        ;;
esac
