package io.lifeboat.activity.storage;

final class LargeObjectsInMemoryTest extends LargeObjectsContract {
    private final LargeObjects objects = new LargeObjectsInMemory(BUCKET);

    @Override
    protected LargeObjects objects() {
        return objects;
    }
}
