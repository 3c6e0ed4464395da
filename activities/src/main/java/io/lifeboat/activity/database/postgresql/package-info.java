/** PostgreSQL 14 and newer, through its JDBC driver only. No type of the driver leaves this package. */
@NullMarked
package io.lifeboat.activity.database.postgresql;

import org.jspecify.annotations.NullMarked;
