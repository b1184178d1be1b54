import { describe, expect, it } from 'vitest';
import { Trail } from './trail';

/** A trail that has led over `urls`. */
function over(...urls: string[]): Trail {
  const trail = new Trail();
  for (const url of urls) trail.arrive(url);
  return trail;
}

describe('the way through the console', () => {
  it('leads back to a list over what was opened from it', () => {
    const trail = over('/', '/reviews?q=pump', '/reviews/1', '/reviews/2');
    expect(trail.stepsTo('/reviews')).toBe(2);
    trail.pop();
    trail.arrive('/reviews?q=pump');
    expect(trail.stepsTo('/reviews/1')).toBeNull();
    expect(trail.stepsTo('/')).toBe(1);
  });

  it('takes another filter for the same page', () => {
    const trail = over('/reviews', '/reviews?q=p', '/reviews?q=pump');
    expect(trail.leadsBack).toBe(false);
    trail.arrive('/reviews/1');
    expect(trail.stepsTo('/reviews')).toBe(1);
  });

  it('begins anew where the browser goes to what it does not know', () => {
    const trail = over('/reviews', '/reviews/1');
    trail.pop();
    trail.arrive('/devices');
    expect(trail.leadsBack).toBe(false);
  });

  it('does not lead back to what was replaced', () => {
    const trail = over('/reviews/1');
    expect(trail.stepsTo('/reviews')).toBeNull();
    trail.replace();
    trail.arrive('/reviews');
    expect(trail.leadsBack).toBe(false);
    trail.arrive('/reviews/2');
    expect(trail.stepsTo('/reviews')).toBe(1);
  });
});
