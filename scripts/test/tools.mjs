// The programs that tests drive besides Node: finds them, and installs those that are missing where
// that can be done without asking (Playwright's own download, Debian packages as root).
import { basename } from 'node:path';
import { findChromium } from '../lib/chromium.mjs';
import { findInPath, run } from '../lib/run.mjs';

/**
 * @typedef {{ name: string, find: () => Promise<string | undefined>, installs: string[][], advice: string }} Tool
 * `installs` are commands to try in turn; `advice` is what to tell a person.
 */

const APT = findInPath('apt-get') !== undefined && process.getuid?.() === 0;

/** @param {string} debianPackage */
const aptInstall = (debianPackage) =>
  APT ? [['apt-get', 'install', '-y', '--no-install-recommends', debianPackage]] : [];

/** @type {Tool[]} */
const tools = [
  {
    name: 'chromium',
    find: findWorkingChromium,
    installs: [
      [process.execPath, 'node_modules/@playwright/test/cli.js', 'install', 'chromium'],
      ...aptInstall('chromium'),
    ],
    advice: 'npx playwright install --with-deps chromium',
  },
  {
    name: 'openssl',
    find: async () => findInPath('openssl'),
    installs: aptInstall('openssl'),
    advice: 'apt-get install openssl',
  },
  {
    name: 'tshark',
    find: async () => findInPath('tshark'),
    installs: aptInstall('tshark'),
    advice: 'apt-get install tshark',
  },
];

/** A browser that was downloaded may still lack shared libraries; only one that starts counts. */
async function findWorkingChromium() {
  const path = await findChromium();
  if (path === undefined) return undefined;
  const { code } = await run(path, ['--no-sandbox', '--version'], { timeoutMs: 30_000 });
  if (code === 0) return path;
  return findInPath('chromium');
}

/**
 * Finds or installs every tool.
 * @returns {Promise<{ found: Map<string, string>, missing: Tool[] }>}
 */
export async function ensureTools() {
  const found = new Map();
  /** @type {Tool[]} */
  const missing = [];
  let packageListsFresh = false;
  for (const tool of tools) {
    let path = await tool.find();
    for (const [program = '', ...args] of tool.installs) {
      if (path !== undefined) break;
      console.log(`Installing ${tool.name}: ${[basename(program), ...args].join(' ')}`);
      if (program === 'apt-get' && !packageListsFresh) {
        packageListsFresh = (await run('apt-get', ['update'], { timeoutMs: 180_000 })).code === 0;
      }
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      const { code, output } = await run(program, args, { env, timeoutMs: 300_000 });
      if (code !== 0) console.log(lastWords(output));
      path = await tool.find();
    }
    if (path === undefined) missing.push(tool);
    else found.set(tool.name, path);
  }
  return { found, missing };
}

/** The last lines of an output that a person can read: no stack trace. @param {string} output */
function lastWords(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  return lines.slice(-3).join('\n');
}
