// Keeps node_modules in step with the lockfile. Works before anything is installed: plain Node.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root, runHere } from './run.mjs';

const OLDEST_NODE = [20, 19];

/** Ends the process when this Node is too old to run what we would install. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(`Meshverdict needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs what the lockfile says, unless exactly that is installed already. */
export function ensureDependencies() {
  if (installedAsLocked()) return;
  console.log('Installing dependencies (npm ci) ...');
  const [program = 'npm', ...args] = npm();
  const code = runHere(program, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    console.error('npm ci failed; the network or a proxy setting is the usual reason.');
    process.exit(code);
  }
}

/** Compares versions in package-lock.json with those npm recorded in node_modules when it installed them. */
function installedAsLocked() {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(record);
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || entry.optional === true || entry.peer === true || installed[path]?.version === entry.version,
  );
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { version?: string, optional?: boolean, peer?: boolean }>}
 */
function packagesOf(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages ?? {};
}
