package io.lifeboat.lab.orders;

import java.util.UUID;

/**
 * An order as the database has it.
 *
 * @param key chosen by the customer's side; the same key is the same order
 */
record Order(long id, UUID key, String item, int quantity, boolean fulfilled) {}
