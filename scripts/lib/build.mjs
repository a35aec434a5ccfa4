// Builds the pages into dist/, but only when a file that goes into them has changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { root, runHere } from './run.mjs';

const STAMP = join(root, 'dist/.built-from');
const INPUTS = ['index.html', 'embed.html', 'package-lock.json', 'vite.config.ts', 'tsconfig.json', 'public', 'src'];

/** Builds when needed; ends the process when the build fails. */
export function ensureBuild() {
  const inputs = hashOfInputs();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputs) return;
  console.log('Building (vite build) ...');
  const code = runHere(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']);
  if (code !== 0) process.exit(code);
  writeFileSync(STAMP, inputs);
}

function hashOfInputs() {
  const hash = createHash('sha256');
  for (const path of INPUTS.flatMap(filesBelow)) {
    hash
      .update(path.replaceAll(sep, '/'))
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} every file at or below it, tests left out, in a stable order */
function filesBelow(path) {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  const entries = readdirSyncOrSelf(absolute);
  if (entries === undefined) return [path];
  return entries
    .filter((entry) => !/\.test\.tsx?$/.test(entry))
    .map((entry) => join(path, entry))
    .sort();
}

/** @param {string} absolute */
function readdirSyncOrSelf(absolute) {
  try {
    return readdirSync(absolute, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(absolute.length + 1));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOTDIR') return undefined;
    throw error;
  }
}
