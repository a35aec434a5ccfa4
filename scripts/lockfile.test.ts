import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, it } from 'vitest';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lockfile = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const packages = new Map<string, Entry>(Object.entries(lockfile.packages));

/** Whether Node, looking from a package's folder upwards, finds an entry for a dependency. */
function isLocked(from: string, name: string): boolean {
  for (let folder = from; ; folder = posix.dirname(folder)) {
    if (packages.has(posix.join(folder, 'node_modules', name))) return true;
    if (folder === '' || folder === '.') return false;
  }
}

it('the lockfile has every package for every platform, so that `npm ci` works on all of them', () => {
  // A registry mirror without the binaries of other platforms makes npm leave them out of the lockfile,
  // and then refuse it elsewhere.
  const missing = [...packages].flatMap(([path, entry]) =>
    Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
      .filter((name) => !isLocked(path, name))
      .map((name) => `${path} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

it('the lockfile names no registry', () => {
  expect([...packages].filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
});
