/** Durations as Istio's APIs write them in YAML: Go's notation, `1h2m3.5s`, `250ms`. */
const UNITS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  ns: 1e-6,
};
const PART = /([0-9]*\.?[0-9]+)(ms|us|µs|ns|h|m|s)/y;

/** Milliseconds; undefined for absent or malformed text. */
export function parseDurationMs(text: string | undefined): number | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  if (text === '0') return 0;
  const negative = text.startsWith('-');
  const body = negative || text.startsWith('+') ? text.slice(1) : text;
  let total = 0;
  PART.lastIndex = 0;
  let end = 0;
  for (let match = PART.exec(body); match !== null; match = PART.exec(body)) {
    total += Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0);
    end = PART.lastIndex;
  }
  if (end === 0 || end !== body.length) return undefined;
  return negative ? -total : total;
}
