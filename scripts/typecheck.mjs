// Type checks every program of the repository (each has its own globals, see the tsconfig files),
// two at a time. Without arguments all of them; `node scripts/typecheck.mjs engine ui` only those.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const programs = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['engine', 'test', 'ui', 'node'];

/** @param {string} program @returns {Promise<boolean>} */
function check(program) {
  return new Promise((resolve) => {
    const tsc = spawn(
      process.execPath,
      ['node_modules/typescript/bin/tsc', '--pretty', 'false', '-p', `tsconfig.${program}.json`],
      {
        cwd: root,
      },
    );
    let output = '';
    tsc.stdout.on('data', (chunk) => {
      output += chunk;
    });
    tsc.stderr.on('data', (chunk) => {
      output += chunk;
    });
    tsc.on('close', (code) => {
      // A program whose folders are still empty has nothing wrong with it.
      const empty = /error TS18003/.test(output);
      console.log(code === 0 || empty ? `typecheck ${program}: ok` : `typecheck ${program}: FAILED\n${output}`);
      resolve(code === 0 || empty);
    });
  });
}

const queue = [...programs];
let failed = 0;
async function worker() {
  for (let program = queue.shift(); program !== undefined; program = queue.shift())
    if (!(await check(program))) failed++;
}
await Promise.all([worker(), worker()]);
process.exit(failed === 0 ? 0 : 1);
