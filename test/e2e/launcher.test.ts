import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePorts } from './free-ports.ts';
import { untilAnswered, untilGone } from './until-answered.ts';

const program = fileURLToPath(new URL('../../bin/gatehouse.js', import.meta.url));
const older = olderNode();
const options = { skip: older === undefined && 'needs a Node older than the one that the package brings along' };

function olderNode(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const found = folders.map((folder) => join(folder, 'node')).find((file) => existsSync(file));
  if (found === undefined) return undefined;
  const version = execFileSync(found, ['--version'], { encoding: 'utf8' });
  return Number.parseInt(version.slice(1), 10) < 26 ? found : undefined;
}

let folder: string;
let gateway: string;
let launcher: ChildProcess;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function launch(): Promise<void> {
  const ports = await freePorts();
  gateway = `http://127.0.0.1:${ports.gateway}/`;
  const listen = `gateway: { listen: 127.0.0.1:${ports.gateway} }\nadmin: { listen: 127.0.0.1:${ports.admin} }`;
  await writeFile(join(folder, 'gatehouse.yaml'), `${listen}\napis: {}\nlog: { level: error }\n`);
  // A process group of its own, as a shell gives each command of a terminal.
  const stdio = ['ignore', 'inherit', 'inherit'] as const;
  launcher = spawn(older ?? '', [program, 'start'], { cwd: folder, detached: true, stdio: [...stdio] });
  await untilAnswered(gateway);
}

test('an older Node runs the program on the one that the package brings along', options, async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  assert.equal(execFileSync(older ?? '', [program, '--version'], { encoding: 'utf8' }), `${version}\n`);
});

test('the exit code of a command that fails is passed on', options, async () => {
  const child = spawn(older ?? '', [program, 'check'], { cwd: folder, stdio: 'ignore' });
  assert.deepEqual(await once(child, 'exit'), [1, null]);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} to the launcher ends all cleanly`, options, async () => {
    await launch();
    launcher.kill(signal);
    assert.deepEqual(await once(launcher, 'exit'), [0, null]);
    assert.ok(await untilGone(gateway));
  });
}

test('Ctrl-C, which reaches launcher and program alike, ends all cleanly', options, async () => {
  await launch();
  process.kill(-(launcher.pid ?? 0), 'SIGINT');
  assert.deepEqual(await once(launcher, 'exit'), [0, null]);
  assert.ok(await untilGone(gateway));
});

test('a launcher that is killed takes the program with it', options, async () => {
  await launch();
  launcher.kill('SIGKILL');
  assert.ok(await untilGone(gateway));
});
