import { expect, it } from 'vitest';
import { runTwoAtATime } from './schedule.mjs';

interface Step {
  name: string;
  after?: string[];
  alone?: boolean;
}

/** Runs the steps and returns, for each, what was running beside it when it started. */
async function neighboursOf(steps: Step[]): Promise<Record<string, string[]>> {
  const running = new Set<string>();
  const neighbours: Record<string, string[]> = {};
  await runTwoAtATime(steps, async ({ name }) => {
    neighbours[name] = [...running];
    running.add(name);
    await new Promise((resolve) => setImmediate(resolve));
    running.delete(name);
  });
  return neighbours;
}

it('runs at most two steps at a time, in their order', async () => {
  const neighbours = await neighboursOf([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
  expect(Object.keys(neighbours)).toEqual(['a', 'b', 'c']);
  expect(Object.values(neighbours).every((names) => names.length <= 1)).toBe(true);
  expect(neighbours.b).toEqual(['a']);
});

it('starts a step only when those it comes after have ended, and lets others pass it', async () => {
  const neighbours = await neighboursOf([{ name: 'build' }, { name: 'size', after: ['build'] }, { name: 'lint' }]);
  expect(Object.keys(neighbours)).toEqual(['build', 'lint', 'size']);
  expect(neighbours.size).not.toContain('build');
});

it('does not wait for a step that was not chosen', async () => {
  expect(Object.keys(await neighboursOf([{ name: 'size', after: ['build'] }]))).toEqual(['size']);
});

it('gives a step that wants to be alone the machine', async () => {
  const neighbours = await neighboursOf([{ name: 'a' }, { name: 'e2e', alone: true }, { name: 'b' }, { name: 'c' }]);
  expect(neighbours.e2e).toEqual([]);
  expect(Object.values(neighbours).flat()).not.toContain('e2e');
});

it('refuses steps that wait for each other', async () => {
  await expect(
    neighboursOf([
      { name: 'a', after: ['b'] },
      { name: 'b', after: ['a'] },
    ]),
  ).rejects.toThrow('wait for each other: a, b');
});
