#!/bin/sh
# A streaming standby: a copy of the primary at the first start, only itself at every later one. The password comes from
# the environment, PGPASSWORD.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    pg_basebackup --dbname="host=$PRIMARY_HOST user=lifeboat application_name=us-west-2 connect_timeout=5" \
        --pgdata="$PGDATA" --write-recovery-conf --slot=us_west_2 --wal-method=stream --checkpoint=fast
fi
exec postgres -D "$PGDATA" -c listen_addresses='*'
