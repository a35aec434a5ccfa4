// `npm start`: from a fresh clone to the studio in the browser, with nothing but Node. Installs what
// the lockfile says, builds when the sources changed, and serves the build (it loads much faster
// than the dev server: `npm run dev`). Arguments go to `vite preview`: `npm start -- --port 8080 --open`.
import { spawn } from 'node:child_process';
import { ensureBuild } from './lib/build.mjs';
import { ensureDependencies, requireNode } from './lib/dependencies.mjs';
import { root } from './lib/run.mjs';

requireNode();
ensureDependencies();
ensureBuild();

const server = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'preview', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => server.kill(signal));
server.on('close', (code) => process.exit(code ?? 0));
