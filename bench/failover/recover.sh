#!/usr/bin/env bash
# The best plain script for the outage of bench/failover: the same looks, fence, promotion, scaling, smoke tests and DNS change
# as Lifeboat makes, in the same order, without durability, approvals, epochs, evidence or a second try. Everything it needs
# comes from the environment that `lifeboat lab env` prints, with PSQL and KUBERNETES_STANDBY set by the harness.
set -euo pipefail

now() { date +%s.%N; }
mark() { printf '%s %s\n' "$1" "$(now)" >&2; }
sql() { "$PSQL" -XAtqc "$1" "$ORDERS_DB_US_WEST_2"; }
# Looks every SECONDS until the command holds, a minute at most.
await() {
    local pause=$1 end=$((SECONDS + 60))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || { echo "not within a minute: $*" >&2; exit 1; }
        sleep "$pause"
    done
}

mark begin
# Assess and check the standby.
[ "$(sql 'select pg_is_in_recovery()')" = t ]
mark assess

# Fence: the region's machines are switched off, and asked again.
curl -fsS -m 2 "$FENCE_AGENT_US_EAST_1" >/dev/null
curl -fsS -m 10 -X POST "$FENCE_AGENT_US_EAST_1/off" >/dev/null
curl -fsS -m 2 "$FENCE_AGENT_US_EAST_1" | grep -q '"power":"off"'
mark fence

# Promote, and prove it with a write.
sql 'select pg_promote(true, 60)' | grep -q t
[ "$(sql 'select pg_is_in_recovery()')" = f ]
sql 'create table if not exists bench_proof (at timestamptz); insert into bench_proof values (now())'
mark promote

# Scale both Deployments at once, and wait until they are ready.
scale() {
    local url="$KUBERNETES_STANDBY/apis/apps/v1/namespaces/orders/deployments/$1"
    curl -fsS -m 2 -X PATCH -H 'Content-Type: application/merge-patch+json' -d "{\"spec\":{\"replicas\":$2}}" "$url" >/dev/null
    await 0.03 is_ready "$url" "$2"
}
is_ready() { curl -fsS -m 2 "$1" | tr -d ' \n' | grep -q "\"readyReplicas\":$2"; }
scale orders-api 3 &
api=$!
scale orders-fulfilment 2 &
wait $!
wait "$api"
mark scale

# Smoke tests, at the region's own address and database.
base="http://$ORDERS_ADDRESS_US_WEST_2:$ORDERS_PORT"
is_healthy() { curl -fsS -m 2 "$base/health" 2>/dev/null | grep -q '"status":"ok"'; }
has_latest() { curl -fsS -m 2 "$base/orders/latest" >/dev/null 2>&1; }
await 0.05 is_healthy
await 0.05 has_latest
[ "$(sql 'select pg_is_in_recovery()')" = f ]
mark verify

# Move traffic: one batch, then ask the authoritative server.
# The key goes through a pipe: an argument could be read by every user of the machine.
route53() {
    curl -fsS -m 5 --aws-sigv4 aws:amz:us-east-1:route53 -K <(printf 'user = "%s:%s"' "$LAB_ACCESS_KEY" "$LAB_SECRET_KEY") "$@"
}
zone=$(route53 "$ROUTE53/2013-04-01/hostedzonesbyname?dnsname=lifeboat.test" | grep -o '<Id>[^<]*' | head -1 | sed 's|.*/||; s|<Id>||')
set_xml() {
    printf '<Change><Action>UPSERT</Action><ResourceRecordSet><Name>orders.lifeboat.test.</Name><Type>A</Type><SetIdentifier>%s</SetIdentifier><Weight>%s</Weight><TTL>1</TTL><ResourceRecords><ResourceRecord><Value>%s</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change>' "$1" "$2" "$3"
}
body="<?xml version=\"1.0\"?><ChangeResourceRecordSetsRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><ChangeBatch><Changes>$(set_xml us-west-2 100 "$ORDERS_ADDRESS_US_WEST_2")$(set_xml us-east-1 0 "$ORDERS_ADDRESS_US_EAST_1")</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>"
route53 -H 'Content-Type: application/xml' -X POST -d "$body" "$ROUTE53/2013-04-01/hostedzone/$zone/rrset" >/dev/null
answers_west() {
    [ "$(dig +short +time=1 +tries=1 -p "$DNS_PORT" "@$DNS_ADDRESS" orders.lifeboat.test A)" = "$ORDERS_ADDRESS_US_WEST_2" ]
}
await 0.02 answers_west
mark traffic
