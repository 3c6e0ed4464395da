# Lets the standby in: the image's own rule for "all" databases does not cover replication. Sourced by the image.
echo "host replication lifeboat samenet scram-sha-256" >> "$PGDATA/pg_hba.conf"
