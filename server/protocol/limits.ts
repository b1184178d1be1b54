/** The protocol's limits in one place; an agent and a worker that disagree on one lose rows to rejections. */

export const FORMAT_VERSION = 1;
export const ROW_CAPTURE_STRATEGY = 'sqlite_row_batch_v1';
export const TELEMETRY_CAPTURE_STRATEGY = 'sqlite_telemetry_batch_v1';

/** Bytes of one MQTT payload: 512 KiB. */
export const PAYLOAD_BYTES_MAX = 512 * 1024;
/** Rows of one batch, of either kind. */
export const BATCH_ROWS_MAX = 4096;
/** A device sends what it has after this long, full or not. */
export const FLUSH_INTERVAL_MS = 5_000;
/** A device sends as soon as it has this much. */
export const FLUSH_BYTES = PAYLOAD_BYTES_MAX;
/** Staged backlog cap per lineage, in rows. */
export const STAGED_ROWS_MAX_DEFAULT = 100_000;
/** Staged backlog cap per lineage, in bytes: 1 GiB. */
export const STAGED_BYTES_MAX_DEFAULT = 1024 ** 3;
/** A lineage resumes when it is below this share of both caps. */
export const STAGED_RESUME_RATIO = 0.8;
/** Characters of a source table's name. */
export const SOURCE_TABLE_CHARS_MAX = 500;
/** Characters of a device's name. */
export const DEVICE_NAME_CHARS_MAX = 63;
/** SQLite's hard limit of columns in a table, and so of key ordinals. */
export const COLUMNS_MAX = 32_767;
/** The highest commit seq or batch seq: what a Postgres bigint and an SQLite rowid hold. */
export const SEQ_MAX = 2n ** 63n - 1n;
/** A control is sent again after this long at first, then after ever longer. */
export const CONTROL_RESEND_BASE_MS = 10_000;
/** A control is sent again at least this often: 5 minutes. */
export const CONTROL_RESEND_CAP_MS = 5 * 60_000;
