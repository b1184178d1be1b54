import { describe, expect, test } from 'vitest';
import { locate, stepsOf } from './locate';

const at = (text: string, path: string): string | null => {
  const range = locate(text, path);
  return range === null ? null : text.slice(range.from, range.to);
};

describe('the place of a rejection', () => {
  test('is found among members of the same name, strings with brackets and spaces', () => {
    expect(at('{"v":1,"rows": [ {"op":"insert"} ]}', 'rows[0].op')).toBe('"insert"');
    expect(at('{"rows":[{"row":{"op":"no"},"op" : "upsert"}]}', 'rows[0].op')).toBe('"upsert"');
    expect(at('{"a":"}]\\"","b":[1, 22]}', 'b[1]')).toBe('22');
    expect(at('{"a":{"b":[]}}', 'a')).toBe('{"b":[]}');
  });

  test('is the nearest part that is there', () => {
    expect(at('{"rows":[{"op":1}]}', 'rows[0].missing')).toBe('{"op":1}');
    expect(at('{"rows":[]}', 'rows[4].op')).toBe('[]');
    expect(at('{"a":1}', 'source_table')).toBeNull();
  });

  test('does not run away on text that is no JSON', () => {
    expect(at('{"rows": [1,2', 'rows[1]')).toBe('2');
    expect(at('', 'rows')).toBeNull();
    expect(at('{"a', 'a.b')).toBeNull();
  });

  test('paths are taken apart', () => {
    expect(stepsOf('rows[3].row["a b"].x')).toEqual(['rows', 3, 'row', 'a b', 'x']);
  });
});
