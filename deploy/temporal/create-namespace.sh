#!/bin/sh
# Creates the namespace and the search attributes of Lifeboat where they are missing; harmless when repeated.
# The server's address and the namespace come from TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.
set -eu

temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" > /dev/null 2>&1 ||
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 30d

known=$(temporal operator search-attribute list --namespace "$TEMPORAL_NAMESPACE")
for name in LifeboatService LifeboatProcedure LifeboatPhase LifeboatRegion LifeboatVerdict LifeboatIncident; do
    case $known in
        *"$name"*) ;;
        *) temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$name" --type Keyword ;;
    esac
done
