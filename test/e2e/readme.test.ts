import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePorts, type Ports } from './free-ports.ts';
import { type RunningGatehouse, runGatehouse } from './running-gatehouse.ts';
import { Browser, fillIn } from './sign-in.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = await readFile(`${root}README.md`, 'utf8');
const demoConfig = await readFile(`${root}demo/gatehouse.yaml`, 'utf8');

let demo: RunningGatehouse;
/** The demo's ports, and those that it has in this test. */
const moved = new Map<string, number>();

before(async () => {
  const neighbours = await freePorts();
  moved.set('8083', neighbours.gateway).set('9000', neighbours.provider);
  const configOn = (ports: Ports): string => {
    moved.set('8080', ports.gateway).set('8081', ports.provider).set('8082', ports.admin);
    return onFreePorts(demoConfig);
  };
  demo = await runGatehouse(configOn, ['--demo']);
});

after(() => demo?.remove());

function onFreePorts(text: string): string {
  return text.replace(/(?<=127\.0\.0\.1:)(8080|8081|8082|8083|9000)\b/g, (port) => String(moved.get(port)));
}

/** Runs lines of shell in the demo's folder, where npm would not find the checkout's program. */
async function shell(lines: string): Promise<string> {
  const script = lines.replaceAll('npm run --silent gatehouse --', `'${process.execPath}' '${root}bin/gatehouse.js'`);
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: demo.folder });
  return stdout;
}

function statuses(output: string): string[] {
  return [...output.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status = '']) => status);
}

test('the story of the README gives the answers that its comments promise', async () => {
  const [, story = ''] = /^## The story[\s\S]*?```sh\n([\s\S]*?)```/m.exec(readme) ?? [];
  assert.equal(story.trim().split('\n').length, 10);
  const promised = [...story.matchAll(/^curl -i .*# (\d{3})/gm)].map(([, status]) => status);
  assert.deepEqual(promised, ['200', '200', '200', '401']);

  const output = await shell(`${onFreePorts(story)}true`);
  assert.deepEqual(statuses(output), promised);
  assert.match(output, /^revoked: the token, of http:[\s\S]*?^complete: applied on 1 of 1 gateway/m);
  assert.match(output, /✓ signature[\s\S]*✗ revocation[\s\S]*refused: token_revoked/);
});

test('the story that the demo prints gives the answers that its headings promise', async () => {
  const [, story = ''] = /Copy into another terminal, in this folder:\n([\s\S]*)/.exec(await guide()) ?? [];
  const [signIn = ''] = /http:\S+\/authorize\S+/.exec(story) ?? [];
  const promised = [...story.matchAll(/^# \d\. .*$/gm)].flatMap(([heading]) => heading.match(/(?<=: )\d{3}/g) ?? []);
  assert.deepEqual(promised, ['200', '200', '200', '401', '200', '401', '401']);

  const output = await shell(story.replace('code=CODE', `code=${await codeFor(signIn)}`));
  assert.deepEqual(statuses(output), promised);
  assert.match(output, /refused: audience_mismatch/);
  assert.match(output, /"active":true/);
  assert.match(output, /^revoked: the token/m);
  assert.match(output, /"access_token":"gho_.*"refresh_token":"ghr_/);
  assert.match(output, /^orders: opaque[\s\S]*^reports: jwt[\s\S]*^provider {2}http:[\s\S]*^lab {2}http:/m);
  assert.match(output, /state=signing/);
});

/** The program is ready a moment before the guide is printed. */
async function guide(): Promise<string> {
  const deadline = Date.now() + 5_000;
  while (!demo.output().includes('keys rotate') && Date.now() < deadline) await new Promise((go) => setTimeout(go, 20));
  return demo.output();
}

/** Signs in as the demo's person, consents, and returns the code with which the browser is sent back. */
async function codeFor(signIn: string): Promise<string> {
  const password = (await readFile(join(demo.folder, 'data/demo/ada.password'), 'utf8')).trim();
  const browser = new Browser();
  let place = await browser.open(signIn, demo.provider);
  for (const fields of [{ username: 'ada', password, answer: 'allow' }, { answer: 'allow' }]) {
    assert.ok(!(place instanceof URL), 'sent back too early');
    const { url, form } = fillIn(place, fields);
    place = await browser.open(url, demo.provider, form);
  }
  assert.ok(place instanceof URL, JSON.stringify(place));
  return place.searchParams.get('code') ?? '';
}

test('a provider is added as the README says, and its tokens are let in', async () => {
  const [, section = ''] = /^## Add your identity provider\n([\s\S]*?)^## /m.exec(readme) ?? [];
  const [find = '', use = ''] = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) =>
    onFreePorts(block ?? ''),
  );
  const command = `gatehouse() { npm run --silent gatehouse -- "$@"; }\n`;

  const found = await shell(command + find);
  assert.match(found, /^✓ keys[\s\S]*^passed:/m);
  const [, block = ''] = /^issuers:\n([\s\S]*?)^#/m.exec(found) ?? [];
  assert.match(block, /^ {2}okta:\n {4}preset: okta\n/);

  const file = join(demo.folder, 'gatehouse.yaml');
  const before = await readFile(file, 'utf8');
  const pasted = before
    .replace(/^issuers:\n/m, (line) => line + block)
    .replace('[provider, lab]', '[provider, lab, okta]');
  await writeFile(file, pasted);
  await until(async () => (await shell(`${command}gatehouse issuers`)).includes('okta'));

  const output = await shell(`${command}${find.split('\n')[0]}\n${use}`);
  assert.match(output, /^okta {2}http:[\s\S]*?keys: fresh/m);
  assert.deepEqual(statuses(output), ['200']);
  assert.match(output, /✓ policy/);
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < deadline, 'not in time');
    await new Promise((go) => setTimeout(go, 100));
  }
}

test('the configuration of the README is accepted', async () => {
  const [, config = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const check = 'npm run --silent gatehouse -- check --config readme.yaml';
  const checked = await shell(`export REPORTING_SECRET=x; cat > readme.yaml <<'END'\n${config}END\n${check}`);
  assert.match(checked, /readme\.yaml: accepted/);
});

test('the README names every command, and only commands that there are', async () => {
  const help = await shell('npm run --silent gatehouse -- --help');
  const there = [...help.matchAll(/^ {2}([a-z-]+) (?:\[options\])? /gm)].map(([, name]) => name);
  const [, table = ''] = /^## Commands\n([\s\S]*?)^## /m.exec(readme) ?? [];
  const named = [...table.matchAll(/^\| `gatehouse ([a-z-]+)/gm)].map(([, name]) => name);
  assert.deepEqual(named.toSorted(), there.filter((name) => name !== 'help').toSorted());
});

test('the README names every dependency at run time', async () => {
  const { dependencies } = JSON.parse(await readFile(`${root}package.json`, 'utf8'));
  const [, more = ''] = /^## More\n([\s\S]*)/m.exec(readme) ?? [];
  const named = new Set(more.match(/@?[a-z0-9][\w/-]*/g));
  assert.deepEqual(
    Object.keys(dependencies).filter((name) => !named.has(name)),
    [],
  );
});

test('the guide names its configuration, its log, and every place that is open', async () => {
  const places = await guide();
  for (const place of ['gatehouse.yaml', 'data/gatehouse.log', demo.gateway, demo.provider, demo.admin]) {
    assert.ok(places.includes(place), place);
  }
  assert.doesNotMatch(await readFile(join(demo.folder, 'data/gatehouse.log'), 'utf8'), /keys not fetched/);
});
