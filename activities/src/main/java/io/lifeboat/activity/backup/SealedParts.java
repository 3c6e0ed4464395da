package io.lifeboat.activity.backup;

import io.lifeboat.activity.encryption.Encryption;
import io.lifeboat.activity.manifest.Manifest;
import io.lifeboat.activity.manifest.Sums;
import io.lifeboat.activity.storage.LargeObjects;
import io.lifeboat.activity.storage.LargeObjects.Lock;
import io.lifeboat.activity.storage.Upload;
import io.lifeboat.activity.stream.SealedOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of a backup under way. */
final class SealedParts implements BackupTaker.Parts {
    private final LargeObjects store;
    private final BackupPlace place;
    private final String id;
    private final Optional<Lock> lock;
    private final Encryption sealing;
    private final List<Manifest.Part> written = new ArrayList<>();

    SealedParts(LargeObjects store, BackupPlace place, String id, Optional<Lock> lock, Encryption sealing) {
        this.store = store;
        this.place = place;
        this.id = id;
        this.lock = lock;
        this.sealing = sealing;
    }

    /** Those that are finished. */
    List<Manifest.Part> written() {
        return List.copyOf(written);
    }

    @Override
    public BackupTaker.Part begin(String name, String holds) throws IOException {
        Upload upload = store.create(place.bucket(), place.partKey(id, name, sealing.format()), lock);
        SealedOutput sealed = new SealedOutput(sealing, upload);
        return new BackupTaker.Part() {
            @Override
            public OutputStream bytes() {
                return sealed;
            }

            @Override
            public void finish() throws IOException {
                Sums sums = sealed.finish();
                upload.complete();
                written.add(new Manifest.Part(name, holds, sums));
            }

            @Override
            public void close() throws IOException {
                sealed.close();
                upload.close();
            }
        };
    }
}
