/**
 * How a step touches the world: the adapters of the ports in {@code workflows}, by feature, over small interfaces with one
 * package per vendor. Vendor types never leave their package.
 */
@NullMarked
package io.lifeboat.activity;

import org.jspecify.annotations.NullMarked;
