export interface Benchmark {
  readonly name: string;
  readonly repeat: number;
  /** Does the work once and says what came of it. */
  readonly body: () => string | Promise<string>;
}

/**
 * Times one thing several times and prints a line: min, median, max in milliseconds, the median of the
 * processor time that it took (all threads of this process, so garbage collection counts; other
 * programs do not), and what it did.
 */
export async function measure(name: string, repeat: number, body: () => string | Promise<string>): Promise<void> {
  const times: number[] = [];
  const processor: number[] = [];
  let what = '';
  for (let round = 0; round < repeat; round++) {
    const start = performance.now();
    const before = process.cpuUsage();
    what = await body();
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    processor.push((user + system) / 1000);
  }
  const [min, median, max] = spread(times);
  console.log(`${name.padEnd(WIDTH)} ${[min, median, max, spread(processor)[1]].map(format).join(' ')}  ${what}`);
}

export function printHeader(): void {
  console.log(`${'ms'.padEnd(WIDTH)} ${['min', 'median', 'max', 'cpu'].map((word) => word.padStart(7)).join(' ')}`);
}

const WIDTH = 60;

const format = (ms: number | undefined): string =>
  (ms ?? Number.NaN).toFixed(ms !== undefined && ms < 10 ? 2 : 0).padStart(7);

function spread(times: readonly number[]): readonly [number | undefined, number | undefined, number | undefined] {
  const sorted = times.toSorted((a, b) => a - b);
  return [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
}
