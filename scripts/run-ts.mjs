// Runs a TypeScript program of this repository in Node: `node scripts/run-ts.mjs FILE [argument...]`.
// Bundles it first (packages stay outside), so that it runs as fast as the built engine does and on
// every Node we support. Programs find their files by the working directory, the repository's root.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'vite';
import { root } from './lib/run.mjs';

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) {
  console.error('usage: node scripts/run-ts.mjs FILE [argument...]');
  process.exit(2);
}

const cache = join(root, 'node_modules/.cache/run-ts');
mkdirSync(cache, { recursive: true });
const outDir = mkdtempSync(join(cache, 'run-'));
process.on('exit', () => rmSync(outDir, { recursive: true, force: true }));

const name = basename(entry).replace(/\.[^.]+$/, '');
await build({
  root,
  configFile: false,
  logLevel: 'error',
  build: {
    ssr: join(root, entry),
    outDir,
    target: 'node20',
    sourcemap: true,
    minify: false,
    rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
  },
});

const program = spawn(process.execPath, ['--enable-source-maps', join(outDir, `${name}.mjs`), ...args], {
  stdio: 'inherit',
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => program.kill(signal));
program.on('close', (code) => process.exit(code ?? 1));
