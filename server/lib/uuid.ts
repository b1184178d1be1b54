import { v4, v7 } from 'uuid';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** A random UUID (version 4): devices and everything whose first digits become part of a name. */
export const uuidV4 = (): string => v4();

/** A time-ordered UUID (version 7): batches, epochs, events, controls. */
export const uuidV7 = (): string => v7();

/** True for the textual form of any UUID. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** True for the textual form of a version 7 UUID (RFC 9562). */
export const isUuidV7 = (text: string): boolean => UUID_V7.test(text);

/** The milliseconds since 1970 that a version 7 UUID carries in its first 48 bits. */
export const uuidV7Ms = (uuid: string): number => Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16);
