import { beforeEach, describe, expect, it } from 'vitest';
import { MessageQueue, type Queued } from './message-queue';

const GROUP = { messagesMax: 4, bytesMax: 100, keysMax: 3 };
const PER_KEY = { messagesMax: 3, bytesMax: 25 };

interface Task extends Queued {
  name: string;
}

let queue: MessageQueue<Task>;
beforeEach(() => {
  queue = new MessageQueue(PER_KEY);
});

function add(key: string, count: number, bytes = 1, shares = true): Task[] {
  const tasks = Array.from({ length: count }, (_, i) => ({ key, bytes, shares, name: `${key}${i}` }));
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
    expect(names(queue.take(GROUP, 0))).toEqual(['a0', 'a1', 'a2', 'a3']);
    add('a', 1);
    expect(queue.take(GROUP, 0)).toEqual([]);
    queue.release('a', new Set(first.slice(0, 2)));
    expect(names(queue.take(GROUP, 0))).toEqual(['a2', 'a3', 'a4', 'a5']);
  });

  it('goes on with other devices while one is held up', () => {
    add('held', 10);
    const inHand = queue.take(GROUP, 0);
    queue.remove('held', () => false);
    const others = [...add('a', 1), ...add('b', 1)];
    expect(queue.take(GROUP, 0)).toEqual(others);
    for (const { key } of others) queue.release(key, new Set(others));
    expect(queue.take(GROUP, 0)).toEqual([]);
    queue.release('held', new Set(inHand));
    expect(names(queue.take(GROUP, 0))).toEqual(['held4', 'held5', 'held6', 'held7']);
  });

  it('ends before what cannot be committed with others, which then goes alone', () => {
    add('a', 1);
    add('b', 1, 1, false);
    expect(names(queue.take(GROUP, 0))).toEqual(['a0']);
    expect(names(queue.take(GROUP, 0))).toEqual(['b0']);
  });

  it('leaves devices for other slots that are free', () => {
    for (const key of ['a', 'b', 'c']) add(key, 1);
    expect(names(queue.take(GROUP, 2))).toEqual(['a0']);
    expect(names(queue.take(GROUP, 0))).toEqual(['b0', 'c0']);
  });
});
