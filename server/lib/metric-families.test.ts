import { expect, it } from 'vitest';
import { labelled, prometheusText, type MetricFamily } from './metric-families';

const family = (value: number): MetricFamily => ({
  name: 'tidegate_x_total',
  help: 'X.',
  type: 'counter',
  samples: [{ labels: { code: 'a"b\\c\nd' }, value }],
});

it('writes one head for families of one name, and no label that breaks out of its quotes', () => {
  const text = prometheusText([
    ...labelled([family(1)], 'worker', 'w1'),
    ...labelled([family(2)], 'worker', 'w2'),
  ]);
  expect(text).toBe(
    [
      '# HELP tidegate_x_total X.',
      '# TYPE tidegate_x_total counter',
      'tidegate_x_total{code="a\\"b\\\\c\\nd",worker="w1"} 1',
      'tidegate_x_total{code="a\\"b\\\\c\\nd",worker="w2"} 2',
      '',
    ].join('\n'),
  );
});
