#!/bin/sh
# Creates the ledger's bucket where it is missing; harmless when repeated. MASTER is the store's master, BUCKET the name.
set -eu

say() {
    echo "$1" | weed shell -master="$MASTER"
}

say "s3.bucket.list" | grep -q "^ *$BUCKET[[:space:]]" || say "s3.bucket.create -name $BUCKET"
