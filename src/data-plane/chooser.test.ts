import { describe, expect, it } from 'vitest';
import { enumerateChoices, scriptedChooser, seededChooser } from './chooser.ts';

describe('a seeded chooser', () => {
  it('gives the same sequence for the same seed', () => {
    const draw = (seed: string) => {
      const chooser = seededChooser(seed);
      return Array.from({ length: 20 }, () => chooser.choose('endpoint', ['a', 'b', 'c']));
    };
    expect(draw('x')).toEqual(draw('x'));
    expect(draw('x')).not.toEqual(draw('y'));
  });

  it('never draws an option of weight 0', () => {
    const chooser = seededChooser('weights');
    const drawn = Array.from({ length: 200 }, () => chooser.choose('weighted-cluster', ['a', 'b', 'c'], [0, 1, 0]));
    expect(new Set(drawn)).toEqual(new Set([1]));
  });

  it('draws about as often as the weights say', () => {
    const chooser = seededChooser('shares');
    const drawn = Array.from({ length: 4000 }, () => chooser.choose('weighted-cluster', ['a', 'b'], [90, 10]));
    const share = drawn.filter((i) => i === 1).length / drawn.length;
    expect(share).toBeGreaterThan(0.07);
    expect(share).toBeLessThan(0.13);
  });
});

describe('enumerating all choices', () => {
  it('runs once when nothing is drawn', () => {
    expect(enumerateChoices(() => 'only', 100)).toEqual({ results: ['only'], complete: true });
  });

  it('visits every leaf of a tree whose shape depends on the choices', () => {
    const { results, complete } = enumerateChoices((chooser) => {
      const first = chooser.choose('endpoint', ['a', 'b']);
      if (first === 0) return 'a';
      return `b${chooser.choose('fault', ['yes', 'no'])}`;
    }, 100);
    expect(results).toEqual(['a', 'b0', 'b1']);
    expect(complete).toBe(true);
  });

  it('leaves out what cannot be drawn', () => {
    const { results } = enumerateChoices(
      (chooser) => chooser.choose('weighted-cluster', ['a', 'b', 'c'], [1, 0, 2]),
      9,
    );
    expect(results).toEqual([0, 2]);
  });

  it('says when the limit cut it short', () => {
    const { results, complete } = enumerateChoices((chooser) => chooser.choose('endpoint', ['a', 'b', 'c']), 2);
    expect(results).toHaveLength(2);
    expect(complete).toBe(false);
  });

  it('skips a first option of weight 0 when not told otherwise', () => {
    expect(scriptedChooser([]).choose('weighted-cluster', ['a', 'b'], [0, 5])).toBe(1);
  });
});
