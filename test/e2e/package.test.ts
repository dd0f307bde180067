import assert from 'node:assert/strict';
import { type ExecFileOptions, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePorts } from './free-ports.ts';
import { untilAnswered } from './until-answered.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Of a user's shell: npm tells its settings to what it runs, and this runs under npm. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

let folder: string;
let packed: Packed;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], root);
  [packed] = JSON.parse(stdout.slice(stdout.indexOf('[\n')));
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  const quietly = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...quietly, `./${packed.filename}`], folder);
});

after(() => rm(folder, { recursive: true, force: true }));

function run(command: string, args: readonly string[], cwd: string) {
  const options: ExecFileOptions = { cwd, env, maxBuffer: 16 * 1024 * 1024 };
  return promisify(execFile)(command, args, { ...options, encoding: 'utf8' });
}

test('the package holds what runs, its documents, and nothing else', () => {
  const paths = packed.files.map(({ path }) => path);
  const wanted = /^(package\.json|LICENSE|README\.md|config\.schema\.json|(bin|demo|dist|docs|examples)\/.*)$/;
  assert.deepEqual(
    paths.filter((path) => !wanted.test(path) || /\.test\.|\.(ts|map)$|\.tsbuildinfo$/.test(path)),
    [],
  );
  for (const path of ['bin/gatehouse.js', 'dist/main.js', 'demo/gatehouse.yaml', 'docs/options.md']) {
    assert.ok(paths.includes(path), path);
  }
});

test('the installed program tells its version and judges a configuration', async () => {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  assert.equal((await run('npx', ['gatehouse', '--version'], folder)).stdout, `${version}\n`);
  await cp(join(root, 'examples', 'federation-only.yaml'), join(folder, 'example.yaml'));
  const { stdout } = await run('npx', ['gatehouse', 'check', '--config', 'example.yaml'], folder);
  assert.match(stdout, /example\.yaml: accepted\n$/);
});

test('the installed program starts, answers, and ends cleanly', async () => {
  const place = join(folder, 'place');
  await mkdir(place);
  const { gateway, provider, admin } = await freePorts();
  await writeFile(
    join(place, 'gatehouse.yaml'),
    `gateway: { listen: 127.0.0.1:${gateway} }
provider: { listen: 127.0.0.1:${provider}, issuer: http://127.0.0.1:${provider} }
admin: { listen: 127.0.0.1:${admin} }
apis: {}
`,
  );
  const program = join(folder, 'node_modules', '.bin', 'gatehouse');
  const child = spawn(program, ['start'], { cwd: place, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    const metadata = `http://127.0.0.1:${provider}/.well-known/openid-configuration`;
    assert.equal((await untilAnswered(metadata)).status, 200);
    const { stdout } = await run(program, ['keys', 'list'], place);
    assert.match(stdout, /state=signing/);
  } finally {
    child.kill('SIGTERM');
  }
  assert.deepEqual(await ended, [0, null]);
});
