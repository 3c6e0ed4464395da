package io.lifeboat.activity.metric;

import io.lifeboat.activity.encryption.KeyAge;

/** What is known of one key of a data class. */
public record KeyFigures(String dataClass, KeyAge age) {}
