#!/usr/bin/env bash
# pgBackRest: zstd at level 1, two processes, AES-256, in a repository on the local disk, which it needs no network for, or in the bucket
# that all others use, by TLS because it knows nothing else.
# pgbackrest.sh backup | restore | tidy
set -euo pipefail
home=$HOME_FOLDER
copy=$home/copy
settings=$home/pgbackrest.conf

server() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid 65534 --regid 65534 --clear-groups env HOME="$home" "$@"
    else
        "$@"
    fi
}
backrest() { server pgbackrest --config="$settings" --stanza=bench --log-level-console=warn "$@"; }
sql() { "$PROGRAMS/psql" -XAtqv ON_ERROR_STOP=1 "$@"; }

repository() {
    if [ "$REPOSITORY" = local ]; then
        echo "repo1-path=$home/repository"
        return
    fi
    cat <<BUCKET
repo1-type=s3
repo1-path=/pgbackrest
repo1-s3-endpoint=$TLS_ADDRESS
repo1-storage-port=$TLS_PORT
repo1-storage-verify-tls=n
repo1-s3-uri-style=path
repo1-s3-bucket=$BUCKET
repo1-s3-region=$AWS_DEFAULT_REGION
repo1-s3-key=$AWS_ACCESS_KEY_ID
repo1-s3-key-secret=$AWS_SECRET_ACCESS_KEY
BUCKET
}

# The cluster archives into the repository of whoever comes next.
archive() {
    sql -d postgres -c "alter system set archive_command = 'pgbackrest --config=$settings --stanza=bench archive-push %p'" \
        -c 'select pg_reload_conf()' >/dev/null
}

prepare() {
    mkdir -p "$home"
    cat > "$settings" <<SETTINGS
[global]
$(repository)
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=$PGPASSWORD
repo1-retention-full=1
log-path=$home
lock-path=$home
spool-path=$home
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
    [ "$(id -u)" != 0 ] || chown 65534:65534 "$home" "$settings"
    backrest stanza-create
}

case $1 in
    backup)
        backrest --type=full backup
        ;;
    restore)
        server mkdir -m 700 "$copy"
        backrest --pg1-path="$copy" --type=immediate --target-action=promote restore
        server "$PROGRAMS/pg_ctl" -D "$copy" -l "$home/copy.log" -w -t 300 \
            -o "-p $COPY_PORT -c archive_mode=off -c unix_socket_directories=$home" start >/dev/null
        until [ "$(sql -p "$COPY_PORT" -d postgres -c 'select pg_is_in_recovery()')" = f ]; do sleep 0.05; done
        ;;
    tidy)
        [ ! -e "$copy/postmaster.pid" ] || server "$PROGRAMS/pg_ctl" -D "$copy" -m immediate -w stop >/dev/null
        rm -rf "$copy"
        [ -e "$settings" ] || prepare
        archive
        ;;
esac
