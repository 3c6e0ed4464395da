package io.lifeboat.activity.backup;

import io.lifeboat.activity.backup.BackupException.Kind;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.workflow.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A backup with those it is based on, back to the full one. It can be restored only if each of them can, and so a link that is
 * missing or damaged makes it {@code CORRUPT}; the message names the link.
 */
public final class BackupLineage {
    private final BackupChain chain;
    private final List<BackupPlace> places;

    /** @param places where the backup itself is, and then where else those that it is based on may be looked for */
    public BackupLineage(BackupChain chain, List<BackupPlace> places) {
        this.chain = chain;
        this.places = List.copyOf(places);
    }

    /** One backup, in the place where it is whole. */
    public record Link(BackupPlace place, Manifest manifest, StoredParts parts) {}

    /** Compares every stored byte of every link with its manifest; the backup itself comes first, the full one last. */
    public List<Link> verified(String id) {
        return links(id, chain::verify, chain::verify);
    }

    /**
     * For whoever reads the backup itself but once: its bytes are compared as they are read. Those that it is based on are compared
     * here, in each place until one has them whole.
     */
    public List<Link> readable(String id) {
        return links(id, chain::manifest, chain::verify);
    }

    /** Bytes that a restore of it reads, as the manifests say. */
    public long storedBytes(String id) {
        return signed(id).stream()
                .mapToLong(link -> link.manifest().storedBytes())
                .sum();
    }

    /** Verifies only the manifests. */
    List<Link> signed(String id) {
        return links(id, chain::manifest, chain::manifest);
    }

    private interface Look extends BiFunction<BackupPlace, String, Manifest> {}

    private List<Link> links(String id, Look first, Look bases) {
        List<Link> links = new ArrayList<>();
        links.add(link(places.getFirst(), id, first));
        for (Optional<String> base = basedOn(links); base.isPresent(); base = basedOn(links)) {
            links.add(base(links, base.get(), bases));
        }
        return List.copyOf(links);
    }

    private static Optional<String> basedOn(List<Link> links) {
        return links.getLast().manifest().basedOn();
    }

    private Link link(BackupPlace place, String id, Look look) {
        Manifest manifest = look.apply(place, id);
        return new Link(place, manifest, chain.parts(place, manifest));
    }

    /** Of the first place that has it whole. */
    private Link base(List<Link> links, String id, Look look) {
        if (id.compareTo(links.getLast().manifest().id()) >= 0) {
            throw unusable(links, id, "it is not older", Kind.CORRUPT);
        }
        List<String> seen = new ArrayList<>();
        boolean silent = false;
        for (BackupPlace place : places) {
            try {
                return link(place, id, look);
            } catch (BackupException e) {
                seen.add(String.valueOf(e.getMessage()));
                silent |= e.kind() == Kind.UNAVAILABLE;
            } catch (ApplicationFailure e) {
                seen.add(e.getOriginalMessage());
                silent |= FailureType.of(e) != FailureType.TARGET_NOT_FOUND;
            } catch (UncheckedIOException e) {
                seen.add("reading it in " + place.region() + " broke off.");
                silent = true;
            }
        }
        throw unusable(links, id, String.join(" ", seen), silent ? Kind.UNAVAILABLE : Kind.CORRUPT);
    }

    private static BackupException unusable(List<Link> links, String id, String seen, Kind kind) {
        Link newest = links.getFirst();
        return new BackupException(
                kind,
                "Cannot rely on " + newest.place().words(newest.manifest().id()) + ": it needs backup " + id + ". "
                        + seen + " Use a backup that does not need " + id + ".");
    }
}
