package io.lifeboat.activity.storage;

final class ObjectsInMemoryTest extends ObjectStoreContract {
    private final ObjectStore objects = new ObjectsInMemory();

    @Override
    protected ObjectStore store() {
        return objects;
    }
}
