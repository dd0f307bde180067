#!/usr/bin/env node
// Runs Gatehouse on the Node it needs, which the package brings along: the one found on a machine may be older.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';
import { stripTypesOnce } from './strip-types.js';

const neededMajor = 26;
const self = fileURLToPath(import.meta.url);
const root = join(dirname(self), '..');

if (Number.parseInt(process.versions.node, 10) >= neededMajor) {
  await run();
} else {
  runOn(bundledNode());
}

async function run() {
  keepYoungGenerationSmall();
  leaveOutWebSocket();
  const source = join(root, 'src');
  if (!existsSync(source)) return import(join(root, 'dist', 'main.js'));
  stripTypesOnce(source, join(root, 'node_modules', '.cache', 'gatehouse'));
  await import(join(source, 'main.ts'));
}

/**
 * While modules are loaded nearly all of it survives, so that it would grow to its limit, and it does not shrink by itself.
 * `start` lets it grow again: under load, a large one is collected less often.
 */
function keepYoungGenerationSmall() {
  v8.setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * `node:http` has WebSocket among its exports, and whoever imports it from a module loads what these names stand for: Node's
 * own copy of undici, with all of fetch, for 15 MB and a tenth of a second. Nothing here asks `http` for them.
 */
function leaveOutWebSocket() {
  const http = process.getBuiltinModule('node:http');
  for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) delete http[name];
}

function bundledNode() {
  const name = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  for (const candidate of [`node-${name}`, `node-bin-${name}`]) {
    try {
      const folder = dirname(require.resolve(`${candidate}/package.json`));
      return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    } catch {}
  }
  console.error(
    `gatehouse: Node ${neededMajor} is needed, this is ${process.version}, and the package brings none for ${name}. ` +
      `Remedy: install Node ${neededMajor} and run it again, or install without --omit=optional.`,
  );
  process.exit(1);
}

/** The channel tells the program when this process is gone, even where it was killed. */
function runOn(node) {
  const child = spawn(node, [self, ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`gatehouse: ${node} cannot be started: ${error.message}. Remedy: install Node ${neededMajor}.`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}
