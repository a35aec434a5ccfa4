/**
 * Addresses of pods, Services and load balancers: given ones first, the others derived from the
 * seed and the identity alone, so that adding a resource moves no other. Ranges are those of a
 * usual cluster, and disjoint. Two identities that hash alike are told apart in the order of
 * their names, never of their documents.
 */
import { hash32 } from '../base/seededRandom.ts';

/** `pod ns/name`, `service ns/name`, `load balancer ns/name`, `outside` or `auto host`. */
export type AddressKey = string;

interface Range {
  readonly prefix: string;
  /** First address as a number, and how many there are. */
  readonly base: number;
  readonly size: number;
}

const RANGES: readonly Range[] = [
  { prefix: 'pod ', base: ip(10, 128), size: 1 << 23 },
  { prefix: 'service ', base: ip(10, 96), size: 1 << 20 },
  { prefix: 'load balancer ', base: ip(198, 18), size: 1 << 17 },
  /** Addresses istiod allocates to ServiceEntries without any. */
  { prefix: 'auto ', base: ip(240, 240), size: 1 << 16 },
];
const OUTSIDE = '192.0.2.9';

/** Addresses for all keys; `None` (headless) is passed through as undefined. */
export function assignAddresses(
  keys: readonly AddressKey[],
  given: Readonly<Record<string, string>>,
  seed: string,
): ReadonlyMap<AddressKey, string> {
  const result = new Map<AddressKey, string>();
  const taken = new Set<string>();
  for (const key of keys) {
    const address = given[key];
    if (address === undefined) continue;
    result.set(key, address);
    taken.add(address);
  }
  for (const key of [...keys].sort()) {
    if (result.has(key)) continue;
    const address = derive(key, seed, taken);
    result.set(key, address);
    taken.add(address);
  }
  return result;
}

export const outsideAddress = (given: Readonly<Record<string, string>>): string => given['outside'] ?? OUTSIDE;

function derive(key: AddressKey, seed: string, taken: ReadonlySet<string>): string {
  const range = RANGES.find((r) => key.startsWith(r.prefix));
  if (range === undefined) throw new Error(`no address range for ${key}`);
  for (let attempt = 0; ; attempt++) {
    const hash = hash32(`${seed}\n${attempt === 0 ? '' : attempt}\n${key}`);
    const address = format(range.base + (hash % range.size));
    // .0 and .255 are valid here but look like networks and broadcasts
    const last = address.slice(address.lastIndexOf('.') + 1);
    if (last !== '0' && last !== '255' && last !== '1' && !taken.has(address)) return address;
  }
}

function ip(a: number, b: number): number {
  return a * 2 ** 24 + b * 2 ** 16;
}

function format(n: number): string {
  return [n / 2 ** 24, n / 2 ** 16, n / 2 ** 8, n].map((part) => Math.floor(part) & 255).join('.');
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/;

/** Whether the text is an IP address (either family). */
export const isIpAddress = (text: string): boolean =>
  (IPV4.test(text) && !text.endsWith('.')) || (text.includes(':') && /^[0-9a-fA-F:.]+$/.test(text));
