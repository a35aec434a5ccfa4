export interface Benchmark {
  readonly name: string;
  readonly repeat: number;
  /** Does the work once and says what came of it. */
  readonly body: () => string | Promise<string>;
}

/** Times one thing several times and prints a line: min, median, max in milliseconds, and what it did. */
export async function measure(name: string, repeat: number, body: () => string | Promise<string>): Promise<void> {
  const times: number[] = [];
  let what = '';
  for (let round = 0; round < repeat; round++) {
    const start = performance.now();
    what = await body();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const format = (ms: number | undefined) =>
    (ms ?? Number.NaN).toFixed(ms !== undefined && ms < 10 ? 2 : 0).padStart(7);
  const median = times[Math.floor(times.length / 2)];
  console.log(`${name.padEnd(56)} ${format(times[0])} ${format(median)} ${format(times.at(-1))}  ${what}`);
}

export function printHeader(): void {
  console.log(`${'ms'.padEnd(56)} ${'min'.padStart(7)} ${'median'.padStart(7)} ${'max'.padStart(7)}`);
}
