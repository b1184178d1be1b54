/**
 * What the broker asks of the installation. The broker itself knows no table: it serves devices while Postgres is
 * away, and its tests run without one.
 */

/** What a client wanted and did not get. */
export interface Denial {
  username: string;
  action: 'connect' | 'publish' | 'subscribe';
  /** The topic or filter; null for a connection. */
  topic: string | null;
  /** A short reason in words. */
  reason: string;
}

export interface BrokerHooks {
  /**
   * True when the password is the device's. The username is the device's root topic. Throws when that cannot be
   * told now; the device is then asked to come back, not turned away.
   */
  authenticateDevice(username: string, password: string): Promise<boolean>;
  /** Of the given usernames, those that may not stay connected. Throws when that cannot be told now. */
  revokedAmong(usernames: readonly string[]): Promise<string[]>;
  deviceConnected(username: string): void;
  deviceDisconnected(username: string): void;
  /** The devices that have sent something since the last call. */
  devicesSeen(usernames: readonly string[]): void;
  denied(denial: Denial): void;
}
