#!/bin/sh
# Creates Temporal's two databases and brings their schemas up to the version of this image; harmless when repeated.
# The password comes from the environment, SQL_PASSWORD.
set -eu
schemas=/etc/temporal/schema/postgresql/v12

bring_up() {
    database=$1
    folder=$2
    sql() {
        temporal-sql-tool --plugin postgres12 --ep "$SQL_HOST" -p 5432 -u "$SQL_USER" --db "$database" "$@"
    }
    sql create
    sql setup-schema -v 0.0
    sql update-schema -d "$schemas/$folder/versioned"
}

bring_up temporal temporal
bring_up temporal_visibility visibility
