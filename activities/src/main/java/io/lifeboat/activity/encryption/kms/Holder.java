package io.lifeboat.activity.encryption.kms;

import software.amazon.cryptography.materialproviders.IKeyring;

/** Somebody a stream is sealed for, as seen by one stream. */
interface Holder {
    String name();

    IKeyring keyring();

    /** Why the keyring failed, in words. */
    String refusal();
}
