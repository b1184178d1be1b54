import fc from 'fast-check';
import { generate } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { PacketGate } from '@/server/broker/packet-gate';

const publish = (bytes: number): Buffer =>
  generate({
    cmd: 'publish',
    topic: 't',
    payload: Buffer.alloc(bytes),
    qos: 0,
    dup: false,
    retain: false,
  });
const ping = generate({ cmd: 'pingreq' });

/** The remaining length of `publish(bytes)`: topic length, topic, payload. */
const remainingOf = (bytes: number): number => bytes + 3;

test('packets up to the limit pass, however the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
      (sizes, cuts) => {
        const stream = Buffer.concat(sizes.flatMap((size) => [publish(size), ping]));
        const gate = new PacketGate(remainingOf(300));
        for (let at = 0, i = 0; at < stream.length; i += 1) {
          const next = at + (cuts[i % cuts.length] ?? 1);
          if (!gate.accept(stream.subarray(at, next))) return false;
          at = next;
        }
        return true;
      },
    ),
  );
});

test('a packet above the limit is refused as soon as its length is read', () => {
  const gate = new PacketGate(remainingOf(300));
  expect(gate.accept(publish(300))).toBe(true);
  expect(gate.accept(publish(301).subarray(0, 3))).toBe(false);
});

test('a length that never ends is refused', () => {
  const gate = new PacketGate(2 ** 40);
  expect(gate.accept(Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80, 0x80]))).toBe(false);
});

test('the limit can be raised once the client is known', () => {
  const gate = new PacketGate(10);
  gate.bytesMax = 1000;
  expect(gate.accept(publish(500))).toBe(true);
});
