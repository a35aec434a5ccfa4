/**
 * Modular arithmetic on BigInt for RSA: exponentiation by sliding windows, inverse, Miller-Rabin. Not constant
 * time: the keys here belong to a simulation.
 */

/** base^exponent mod modulus, sliding windows of 5 bits. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (modulus === 1n) return 0n;
  const b = ((base % modulus) + modulus) % modulus;
  if (exponent < 0x100000n) {
    let result = 1n;
    let square = b;
    for (let e = exponent; e > 0n; e >>= 1n) {
      if (e & 1n) result = (result * square) % modulus;
      square = (square * square) % modulus;
    }
    return result;
  }
  const square = (b * b) % modulus;
  // b, b^3, b^5 ... b^31
  const odd = [b];
  for (let i = 1; i < 16; i++) odd.push(((odd[i - 1] ?? 1n) * square) % modulus);
  const bits = exponent.toString(2);
  let result = 1n;
  for (let at = 0; at < bits.length; ) {
    if (bits[at] === '0') {
      result = (result * result) % modulus;
      at++;
      continue;
    }
    // As many bits as fit, the last of them set.
    const window = bits.slice(at, at + 5).replace(/0+$/, '');
    for (let i = 0; i < window.length; i++) result = (result * result) % modulus;
    result = (result * (odd[(Number.parseInt(window, 2) - 1) / 2] ?? 1n)) % modulus;
    at += window.length;
  }
  return result;
}

/** The inverse of a modulo m, or undefined when there is none. */
export function modInverse(a: bigint, m: bigint): bigint | undefined {
  let [r0, r1] = [m, ((a % m) + m) % m];
  let [t0, t1] = [0n, 1n];
  while (r1 > 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  return r0 === 1n ? (t0 + m) % m : undefined;
}

const SMALL_PRIMES: readonly number[] = (() => {
  const primes: number[] = [];
  for (let n = 3; primes.length < 600; n += 2) if (primes.every((p) => p * p > n || n % p !== 0)) primes.push(n);
  return primes;
})();

/**
 * Smallest probable prime p >= start (made odd) with gcd(p-1, e) = 1: a sieve by small primes, then
 * Miller-Rabin with fixed bases (error below 2^-100 for random candidates of 512 bits and more).
 */
export function nextRsaPrime(start: bigint, e: bigint): bigint {
  const base = start | 1n;
  const residues = SMALL_PRIMES.map((p) => Number(base % BigInt(p)));
  for (let step = 0; ; step += 2) {
    if (SMALL_PRIMES.some((p, i) => ((residues[i] ?? 0) + step) % p === 0)) continue;
    const candidate = base + BigInt(step);
    if ((candidate - 1n) % e !== 0n && isProbablePrime(candidate)) return candidate;
  }
}

function isProbablePrime(n: bigint): boolean {
  let d = n - 1n;
  let twos = 0;
  while ((d & 1n) === 0n) {
    d >>= 1n;
    twos++;
  }
  return [2n, 3n, 5n, 7n, 11n].every((witness) => {
    let x = modPow(witness, d, n);
    if (x === 1n || x === n - 1n) return true;
    for (let i = 1; i < twos; i++) {
      x = (x * x) % n;
      if (x === n - 1n) return true;
    }
    return false;
  });
}
