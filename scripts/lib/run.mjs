// Starting child processes, in the repository's root, without a shell.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs a program to its end and collects what it prints.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 when it cannot be started, 124 when it took too long
 */
export function run(program, args, { env = process.env, timeoutMs = 20 * 60_000 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, output: `${output}${error.message}\n` });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(
        timedOut
          ? { code: 124, output: `${output}took longer than ${timeoutMs / 1000} s\n` }
          : { code: code ?? 1, output },
      );
    });
  });
}

/**
 * Runs a program with our own terminal; returns its exit code.
 * @param {string} program
 * @param {readonly string[]} args
 */
export function runHere(program, args) {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

/** The npm that started us, else the one in PATH: program and its first arguments. */
export function npm() {
  const cli = process.env.npm_execpath;
  return cli !== undefined && /\.[cm]?js$/.test(cli)
    ? [process.execPath, cli]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/**
 * The path of a program in PATH, or undefined.
 * @param {string} name
 */
export function findInPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => (process.platform === 'win32' ? [join(folder, `${name}.exe`)] : [join(folder, name)]))
    .find((path) => existsSync(path));
}
