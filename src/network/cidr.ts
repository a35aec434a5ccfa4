/**
 * IPv4 addresses and prefixes. Only what matching needs: is this text an address, and does a
 * prefix contain it. IPv6 is not modelled anywhere in the product; callers report it.
 */

/** The 32-bit value of a dotted quad, or undefined when the text is no IPv4 address. */
export function parseIpv4(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  let value = 0;
  for (const part of match.slice(1)) {
    const octet = Number(part);
    if (octet > 255) return undefined;
    value = value * 256 + octet;
  }
  return value;
}

export const isIpv4 = (text: string): boolean => parseIpv4(text) !== undefined;

/** Does `a.b.c.d/n` (or a bare address) contain the address? Anything unparsable contains nothing. */
export function cidrContains(cidr: string, address: string): boolean {
  const ip = parseIpv4(address);
  const [base = '', length] = cidr.split('/');
  const network = parseIpv4(base);
  const bits = length === undefined ? 32 : Number(length);
  if (ip === undefined || network === undefined || !Number.isInteger(bits) || bits < 0 || bits > 32) return false;
  const size = 2 ** (32 - bits);
  return Math.floor(ip / size) === Math.floor(network / size);
}

/** Prefix length of a CIDR; a bare address is 32. */
export function prefixLength(cidr: string): number {
  const length = cidr.split('/')[1];
  return length === undefined ? 32 : Number(length);
}

export const isLoopback = (address: string): boolean => cidrContains('127.0.0.0/8', address);
