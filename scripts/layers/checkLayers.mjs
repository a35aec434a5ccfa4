// Judges the modules of src/ by the table in layers.json. Pure: table and texts in, problems out.
// A problem always says what would be allowed, so that the message is enough to fix it.
import { posix } from 'node:path';
import { findCycles } from './findCycles.mjs';
import { readModule } from './readModule.mjs';

/**
 * @typedef {'all' | 'entries' | 'types'} Mode
 * @typedef {{
 *   layers: Record<string, Record<string, Mode>>,
 *   packages: Record<string, string[]>,
 *   testPackages: string[],
 *   nodeBuiltins: string[],
 *   pure: string[],
 *   maxLines: number,
 * }} Table
 * @typedef {{ path: string, line: number, message: string }} Problem
 */

const SOURCE = /\.(ts|tsx|mts)$/;
const TEST = /\.test\.tsx?$/;

/**
 * Returns every breach of the table, sorted by path and line.
 * @param {Table} table
 * @param {ReadonlyMap<string, string>} files path below src/ (with `/`) to text; others than TypeScript are ignored
 * @returns {Problem[]}
 */
export function checkLayers(table, files) {
  /** @type {Problem[]} */
  const problems = [];
  /** @type {Map<string, string[]>} */
  const valueImports = new Map();

  for (const cycle of findCycles(
    new Map(Object.entries(table.layers).map(([name, row]) => [name, Object.keys(row)])),
  )) {
    problems.push({ path: 'layers.json', line: 1, message: `the table has a cycle: ${cycle.join(' -> ')}` });
  }

  for (const [path, text] of files) {
    if (!SOURCE.test(path)) continue;
    const layer = layerOf(path);
    if (table.layers[layer] === undefined) {
      problems.push({ path, line: 1, message: `${layer} has no row in layers.json` });
      continue;
    }
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    if (lines > table.maxLines) {
      problems.push({ path, line: table.maxLines, message: `${lines} lines; split it (at most ${table.maxLines})` });
    }
    const module = readModule(path, text);
    if (table.pure.includes(layer) && !TEST.test(path)) {
      for (const { what, line } of module.impure) {
        problems.push({ path, line, message: `${what} is not for ${layer}: take time, seed or port as an argument` });
      }
    }
    const targets = [];
    for (const { specifier, typeOnly, line } of module.imports) {
      if (!specifier.startsWith('.')) {
        const message = judgePackage(table, path, specifier);
        if (message !== undefined) problems.push({ path, line, message });
        continue;
      }
      const target = posix.join(posix.dirname(path), specifier.replace(/[?#].*$/, ''));
      const message = judgeImport(table, path, target, typeOnly);
      if (message !== undefined) problems.push({ path, line, message });
      if (!typeOnly && files.has(target)) targets.push(target);
    }
    valueImports.set(path, targets);
  }

  for (const cycle of findCycles(valueImports)) {
    problems.push({ path: cycle[0] ?? '', line: 1, message: `import cycle: ${cycle.join(' -> ')}` });
  }
  return problems.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
}

/** The layer of a path below src/: its first folder, or the file itself at the top (`engine.ts`; its test counts as it). */
/** @param {string} path */
function layerOf(path) {
  const [first = ''] = path.split('/');
  return path.includes('/') ? first : first.replace(/\.test(\.tsx?)$/, '$1');
}

/**
 * @param {Table} table
 * @param {string} from
 * @param {string} target path below src/, or one that begins with `../`
 * @param {boolean} typeOnly
 * @returns {string | undefined} what is wrong, if anything
 */
function judgeImport(table, from, target, typeOnly) {
  const layer = layerOf(from);
  const test = TEST.test(from);
  if (target.startsWith('../')) {
    return test || layer === 'testing' ? undefined : `${target.slice(3)} lies outside src/; only tests may read there`;
  }
  if (TEST.test(target)) return `${target} is a test; nothing imports tests`;
  const other = layerOf(target);
  if (other === layer) return undefined;
  if (other === 'testing') return test ? undefined : 'testing/ is for tests only';
  const mode = table.layers[layer]?.[other];
  const allowed = `${layer} may import ${describeRow(table.layers[layer] ?? {})} (layers.json)`;
  if (mode === undefined) return `${layer} may not import ${other} (${target}): ${allowed}`;
  if (mode === 'all' || typeOnly || test) return undefined;
  if (mode === 'types')
    return `${layer} may import only types from ${other} (${target}); write \`import type\`: ${allowed}`;
  const isEntry = target.split('/').length <= 2;
  return isEntry ? undefined : `${target} is private to ${other}; import a file directly in ${other}/: ${allowed}`;
}

/** @param {Record<string, Mode>} row */
function describeRow(row) {
  const words = { all: '', entries: ' (entry files)', types: ' (types)' };
  const names = Object.entries(row).map(([name, mode]) => `${name}${words[mode]}`);
  return names.length === 0 ? 'nothing' : names.join(', ');
}

/**
 * @param {Table} table
 * @param {string} from
 * @param {string} specifier
 * @returns {string | undefined}
 */
function judgePackage(table, from, specifier) {
  const layer = layerOf(from);
  const test = TEST.test(from);
  if (specifier.startsWith('node:')) {
    if (test || table.nodeBuiltins.includes(layer)) return undefined;
    return `${specifier} is for ${table.nodeBuiltins.join(', ')} and tests only`;
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (table.testPackages.includes(name)) {
    return test || layer === 'testing' ? undefined : `${name} is for tests only`;
  }
  const owners = table.packages[name];
  if (owners === undefined) return `${name} has no owner in layers.json`;
  const owned = owners.some((owner) =>
    // A test may use the packages of its layer, wherever in the layer it lies.
    test ? layer === layerOf(`${owner}/`) : from === owner || from.startsWith(`${owner}/`),
  );
  return owned ? undefined : `only ${owners.join(', ')} may import ${name}; use what that folder exports`;
}
