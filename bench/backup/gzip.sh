#!/usr/bin/env bash
# The plans' way: gzip at level 9 into a file, which is then uploaded, unencrypted. gzip.sh backup | restore
set -euo pipefail
file=$WORK/bench.dump
trap 'rm -f "$file"' EXIT
case $1 in
    backup)
        "$PROGRAMS/pg_dump" -Fc -Z9 -f "$file"
        aws --endpoint-url "$ENDPOINT" s3 cp --only-show-errors "$file" "s3://$BUCKET/gzip/bench.dump"
        ;;
    restore)
        aws --endpoint-url "$ENDPOINT" s3 cp --only-show-errors "s3://$BUCKET/gzip/bench.dump" "$file"
        "$PROGRAMS/pg_restore" --exit-on-error --single-transaction -d "$TARGET" "$file"
        ;;
esac
