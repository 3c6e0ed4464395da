#!/usr/bin/env bash
# The best shell pipeline: zstd, age for the same three holders, and a multipart upload of the stream. pipeline.sh backup | restore
set -euo pipefail
case $1 in
    backup)
        "$PROGRAMS/pg_dump" -Fc -Z0 | zstd -1 -q -c | age -R "$RECIPIENTS" |
            aws --endpoint-url "$ENDPOINT" s3 cp --only-show-errors --expected-size 10000000000 - "s3://$BUCKET/pipeline/bench.dump.zst.age"
        ;;
    restore)
        aws --endpoint-url "$ENDPOINT" s3 cp --only-show-errors "s3://$BUCKET/pipeline/bench.dump.zst.age" - |
            age -d -i "$IDENTITY" | zstd -d -q -c | "$PROGRAMS/pg_restore" --exit-on-error --single-transaction -d "$TARGET"
        ;;
esac
