/**
 * Durations as Go writes them (`1h30m`, `500ms`, `1.5s`): Istio reads its protobuf durations with
 * time.ParseDuration, and says its errors.
 */
import { err, ok, type Result } from './result.ts';

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds, with fractions down to nanoseconds; or Go's error text. */
export function parseGoDuration(text: string): Result<number, string> {
  const unsigned = /^[-+]/.test(text) ? text.slice(1) : text;
  const sign = text.startsWith('-') ? -1 : 1;
  if (unsigned === '0') return ok(0);
  if (unsigned === '') return err(`time: invalid duration ${quote(text)}`);
  let total = 0;
  for (let rest = unsigned; rest !== ''; ) {
    const number = /^(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)/.exec(rest)?.[0];
    if (number === undefined) return err(`time: invalid duration ${quote(text)}`);
    rest = rest.slice(number.length);
    const unit = /^[^0-9.]*/.exec(rest)?.[0] ?? '';
    if (unit === '') return err(`time: missing unit in duration ${quote(text)}`);
    const factor = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
    if (factor === undefined) return err(`time: unknown unit ${quote(unit)} in duration ${quote(text)}`);
    rest = rest.slice(unit.length);
    total += Number(number) * factor;
  }
  return ok(sign * total);
}

const quote = (text: string) => JSON.stringify(text);
