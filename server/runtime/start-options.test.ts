import { expect, test } from 'vitest';
import { startOptions } from './start-options';

test.each([
  [[], true],
  [['--no-demo'], false],
  [['--no-demo', '--no-demo'], false],
])('%j is known', (args, wantsDemo) => {
  expect(startOptions(args)).toEqual({ wantsDemo });
});

test.each([
  [['--data-dir', '/tmp/x'], '"--data-dir"'],
  [['--no-demo', '--port=1'], '"--port=1"'],
  [['demo'], '"demo"'],
  [[''], '""'],
])('%j is refused with what there is', (args, named) => {
  const refused = startOptions(args);
  expect(refused).toEqual({ problem: expect.stringContaining(`does not know ${named}`) });
  expect(JSON.stringify(refused)).toMatch(/--no-demo.*TIDEGATE_DATA_DIR/);
});
