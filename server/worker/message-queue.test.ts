import { beforeEach, describe, expect, it } from 'vitest';
import { MessageQueue, type Queued } from './message-queue';

const GROUP = { messagesMax: 4, bytesMax: 100, keysMax: 3 };
/** Everything that waits is worth a group. */
const ANY = { messages: 1, bytes: 1, waitMs: 0 };
const PER_KEY = { messagesMax: 3, bytesMax: 25 };

interface Task extends Queued {
  name: string;
}

let queue: MessageQueue<Task>;
beforeEach(() => {
  queue = new MessageQueue(PER_KEY);
});

function add(key: string, count: number, bytes = 1, shares = true): Task[] {
  const tasks = Array.from({ length: count }, (_, i) => ({
    key,
    bytes,
    shares,
    receivedMs: 0,
    name: `${key}${i}`,
  }));
  for (const task of tasks) queue.add(task);
  return tasks;
}

const names = (tasks: readonly Task[]): string[] => tasks.map(({ name }) => name);

describe('the load', () => {
  it('counts what one device is held up with up to its share, and others in full', () => {
    add('held', 50, 10);
    expect(queue.load).toEqual({ messages: 3, bytes: 25 });
    add('a', 2, 10);
    add('b', 1, 5);
    expect(queue.load).toEqual({ messages: 6, bytes: 50 });
  });

  it('falls with what is done, and is nothing when nothing waits', () => {
    const tasks = add('a', 5, 10);
    add('b', 1, 10);
    queue.release('a', new Set(tasks.slice(0, 3)));
    expect(queue.load).toEqual({ messages: 3, bytes: 30 });
    queue.release('a', new Set(tasks));
    expect(queue.load).toEqual({ messages: 1, bytes: 10 });
    expect(names(queue.clear(new Set()))).toEqual(['b0']);
    expect(queue.load).toEqual({ messages: 0, bytes: 0 });
  });
});

describe('a group', () => {
  it('keeps the order of a device, and hands none of it out while it is held', () => {
    const first = add('a', 6);
    expect(names(queue.take(GROUP, 0, ANY))).toEqual(['a0', 'a1', 'a2', 'a3']);
    add('a', 1);
    expect(queue.take(GROUP, 0, ANY)).toEqual([]);
    queue.release('a', new Set(first.slice(0, 2)));
    expect(names(queue.take(GROUP, 0, ANY))).toEqual(['a2', 'a3', 'a4', 'a5']);
  });

  it('goes on with other devices while one is held up', () => {
    add('held', 10);
    const inHand = queue.take(GROUP, 0, ANY);
    queue.remove('held', () => false);
    const others = [...add('a', 1), ...add('b', 1)];
    expect(queue.take(GROUP, 0, ANY)).toEqual(others);
    for (const { key } of others) queue.release(key, new Set(others));
    expect(queue.take(GROUP, 0, ANY)).toEqual([]);
    queue.release('held', new Set(inHand));
    expect(names(queue.take(GROUP, 0, ANY))).toEqual(['held4', 'held5', 'held6', 'held7']);
  });

  it('ends before what cannot be committed with others, which then goes alone', () => {
    add('a', 1);
    add('b', 1, 1, false);
    expect(names(queue.take(GROUP, 0, ANY))).toEqual(['a0']);
    expect(names(queue.take(GROUP, 0, ANY))).toEqual(['b0']);
  });

  it('leaves devices for other slots that are free', () => {
    for (const key of ['a', 'b', 'c']) add(key, 1);
    expect(names(queue.take(GROUP, 2, ANY))).toEqual(['a0']);
    expect(names(queue.take(GROUP, 0, ANY))).toEqual(['b0', 'c0']);
  });
});

describe('gathering', () => {
  const FEW = { messages: 3, bytes: 50, waitMs: 10 };

  it('lets few messages wait for a group under way to end, and not longer than told', () => {
    expect(queue.beginsIn(0, FEW)).toBe(null);
    add('a', 1);
    add('b', 1);
    expect(queue.beginsIn(4, FEW)).toBe(6);
    expect(queue.beginsIn(25, FEW)).toBe(0);
  });

  it('does not wait with enough of them, or enough bytes, or for what goes alone', () => {
    add('a', 3);
    expect(queue.beginsIn(0, FEW)).toBe(0);
    queue.clear(new Set());
    add('a', 1, 50);
    expect(queue.beginsIn(0, FEW)).toBe(0);
    queue.clear(new Set());
    add('a', 1, 1, false);
    expect(queue.beginsIn(0, FEW)).toBe(0);
  });

  it('counts nothing of a device that is held', () => {
    add('a', 3);
    queue.take(GROUP, 0, FEW);
    expect(queue.beginsIn(0, FEW)).toBe(null);
  });

  it('leaves nothing to other slots where there is not enough for all of them', () => {
    for (const key of ['a', 'b', 'c']) add(key, 1);
    expect(names(queue.take(GROUP, 2, FEW))).toEqual(['a0', 'b0', 'c0']);
    for (const key of ['d', 'e', 'f']) add(key, 3);
    expect(names(queue.take(GROUP, 2, FEW))).toEqual(['d0', 'd1', 'd2']);
  });
});
