// How a device is there, and what lists of devices are sorted by. No schema in it: the console asks it in the browser.

/** A device that is away for less is restarting or changes its network. */
export const SILENT_AFTER_MS = 15 * 60_000;

/**
 * How a device is there. `away`: not connected, heard within 15 minutes. `silent`: heard once, and not since. A device
 * is heard when it connects, when it goes and when it sends anything.
 */
export const PRESENCES = ['connected', 'away', 'silent', 'never_seen'] as const;
export type Presence = (typeof PRESENCES)[number];

/** What is counted of a device. */
export const DEVICE_COUNTS = ['lineages', 'paused_lineages', 'rejected_batches', 'pending_controls'] as const;

const ascendingAndDescending = <T extends string>(names: readonly T[]) =>
  names.flatMap((name) => [name, `-${name}` as const]);

export const DEVICE_SORTS = ascendingAndDescending(['name', 'last_seen_at', 'created_at', ...DEVICE_COUNTS]);
