/**
 * Bounds the MQTT packets of one connection by their announced length. The parser holds a packet in memory until
 * it is whole, and a length of 256 MiB may be announced by anyone: without this, a few sockets fill the memory.
 */

const LENGTH_BYTES_MAX = 4;

export class PacketGate {
  private state: 'header' | 'length' | 'body' = 'header';
  private lengthBytes = 0;
  private remaining = 0;

  /** `bytesMax` is the largest remaining length; it may be raised once the client is known. */
  constructor(public bytesMax: number) {}

  /** Follows the packets through `chunk`. False when one announces too much; nothing may be fed after that. */
  accept(chunk: Uint8Array): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.state === 'body') {
        const taken = Math.min(this.remaining, chunk.length - at);
        this.remaining -= taken;
        at += taken;
        if (this.remaining === 0) this.state = 'header';
      } else if (this.state === 'header') {
        at += 1;
        this.state = 'length';
        this.lengthBytes = 0;
        this.remaining = 0;
      } else {
        const byte = chunk[at] ?? 0;
        at += 1;
        if (!this.acceptLengthByte(byte)) return false;
      }
    }
    return true;
  }

  private acceptLengthByte(byte: number): boolean {
    this.remaining += (byte & 0x7f) * 128 ** this.lengthBytes;
    this.lengthBytes += 1;
    if (this.remaining > this.bytesMax || this.lengthBytes > LENGTH_BYTES_MAX) return false;
    if ((byte & 0x80) === 0) this.state = this.remaining === 0 ? 'header' : 'body';
    return true;
  }
}
