package io.lifeboat.activity.wal;

import io.lifeboat.activity.backup.BackupPlace;
import io.lifeboat.activity.encryption.age.AgeEncryption;
import io.lifeboat.activity.encryption.age.AgeKeys;
import io.lifeboat.activity.manifest.EnvelopeSeal;
import io.lifeboat.activity.storage.LargeObjects;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An archive with keys of its own. */
final class WalFixture {
    static final String BUCKET = "backups";

    private static final AgeKeys KEYS = AgeKeys.generate();
    private static final KeyPair SIGNING = signingKeys();

    private WalFixture() {}

    static WalArchive archive(LargeObjects store, String service) {
        return archive(store, service, SIGNING, KEYS);
    }

    static WalArchive archive(LargeObjects store, String service, WalStored told) {
        return archive(store, service, SIGNING, KEYS, Optional.empty(), told);
    }

    static WalArchive locked(LargeObjects store, String service, WalLock lock) {
        return archive(store, service, SIGNING, KEYS, Optional.of(lock), (system, file) -> {});
    }

    static WalArchive archive(LargeObjects store, String service, KeyPair signing, AgeKeys opening) {
        return archive(store, service, signing, opening, Optional.empty(), (system, file) -> {});
    }

    private static WalArchive archive(
            LargeObjects store,
            String service,
            KeyPair signing,
            AgeKeys opening,
            Optional<WalLock> lock,
            WalStored told) {
        return new WalArchive(
                region -> store,
                new BackupPlace("west", BUCKET, service, "orders-db"),
                new AgeEncryption(Map.of("escrow", KEYS.recipient()), List.of(opening.identity())),
                new EnvelopeSeal("2026", signing.getPrivate(), Map.of("2026", SIGNING.getPublic())),
                lock,
                told);
    }

    /** Copies from one store to another, those of two regions. */
    static WalCopy copy(LargeObjects west, LargeObjects east, String service) {
        return copy(west, east, service, Optional.empty());
    }

    static WalCopy copy(LargeObjects west, LargeObjects east, String service, Optional<WalLock> lock) {
        return new WalCopy(
                region -> region.equals("west") ? west : east,
                new BackupPlace("west", BUCKET, service, "orders-db"),
                new BackupPlace("east", BUCKET, service, "orders-db"),
                new EnvelopeSeal("2026", SIGNING.getPrivate(), Map.of("2026", SIGNING.getPublic())),
                lock);
    }

    static KeyPair signingKeys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
