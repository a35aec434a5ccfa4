// The budgets of what a browser must load, gzipped. The files of a page are its entry and all that
// it imports statically (from the build's manifest); what it imports on demand is not counted.
import { readdirSync, readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('dist/.vite/manifest.json', import.meta.url), 'utf8'));

/** @param {string} page */
function filesOf(page) {
  const seen = new Set();
  const queue = [page];
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    if (seen.has(key)) continue;
    seen.add(key);
    queue.push(...(manifest[key].imports ?? []));
  }
  return [...seen].map((key) => `dist/${manifest[key].file}`);
}

/** @param {string} name @param {string} page @param {string} limit */
const budgetOfPage = (name, page, limit) => (manifest[page] ? [{ name, path: filesOf(page), limit, gzip: true }] : []);

/**
 * A worker is named after its module, and stands in no manifest: what it imports statically is read
 * from the files themselves.
 * @param {string} name @param {string} module @param {string} limit
 */
function budgetOfWorker(name, module, limit) {
  const folder = new URL('dist/assets/', import.meta.url);
  const seen = new Set();
  const queue = readdirSync(folder).filter((file) => file.startsWith(`${module}-`));
  if (queue.length === 0) throw new Error(`the build has no assets/${module}-*.js`);
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const code = readFileSync(new URL(file, folder), 'utf8');
    // `import{a}from"./x.js"` and `import"./x.js"`, not `import("./x.js")`.
    for (const [, imported = ''] of code.matchAll(/\bimport\s*(?:[\w${},*\s]+from\s*)?["']\.\/([^"']+\.js)["']/g)) {
      queue.push(imported);
    }
  }
  return [{ name, path: [...seen].map((file) => `dist/assets/${file}`), limit, gzip: true }];
}

export default [
  ...budgetOfPage('studio, before the editor is asked for', 'index.html', '250 kB'),
  ...budgetOfWorker('engine worker', 'engineWorker', '300 kB'),
  ...budgetOfPage('embed viewer', 'embed.html', '200 kB'),
];
