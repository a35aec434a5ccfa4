// Checks src/ against layers.json: who may import whom, package owners, purity of the engine,
// import cycles, file length. Prints every problem and exits 1 if there is one.
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkLayers } from './layers/checkLayers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const table = JSON.parse(readFileSync(join(root, 'layers.json'), 'utf8'));
const src = join(root, 'src');

const files = new Map();
for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  files.set(
    path.slice(src.length + 1).replaceAll(sep, '/'),
    /\.[mc]?tsx?$/.test(entry.name) ? readFileSync(path, 'utf8') : '',
  );
}

const problems = checkLayers(table, files);
for (const { path, line, message } of problems) {
  console.log(path === 'layers.json' ? `${path}: ${message}` : `src/${path}:${line}: ${message}`);
}
console.log(`layers: ${files.size} files, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
