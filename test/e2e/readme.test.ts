import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePorts, type Ports } from './free-ports.ts';
import { type RunningGatehouse, runGatehouse } from './running-gatehouse.ts';

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

/** Runs lines of shell where the demo runs, with the alias of the README as a function. */
async function shell(lines: string): Promise<string> {
  const prelude = `set -eu\ngatehouse() { '${process.execPath}' '${root}bin/gatehouse.js' "$@"; }\n`;
  const { stdout } = await promisify(execFile)('bash', ['-c', prelude + lines], { cwd: demo.folder });
  return stdout;
}

test('the story of the README gives the answers that its comments promise', async () => {
  const [, story = ''] = /```sh\n(alias[\s\S]*?)```/.exec(readme) ?? [];
  const lines = story.split('\n').filter((line) => line !== '' && !line.startsWith('alias'));
  assert.equal(lines.length, 9);
  const promised = lines.flatMap((line) => /^curl -i .*# (\d{3})/.exec(line)?.[1] ?? []);
  assert.deepEqual(promised, ['200', '200', '200', '401']);

  const script = lines
    .map((line) => line.replace(/^curl -i /, "curl -s -o answer -w 'status %{http_code}\\n' "))
    .map((line) => (line.includes('gatehouse explain') ? `{ ${line.replace(/ #.*$/, '')}; } || true` : line));
  const output = await shell(onFreePorts(script.join('\n')));

  assert.deepEqual(
    [...output.matchAll(/^status (\d{3})$/gm)].map(([, status]) => status),
    promised,
  );
  assert.match(output, /^revoked: the token, of http:/m);
  assert.match(output, /✓ signature[\s\S]*✗ revocation[\s\S]*refused: token_revoked/);
});

test('the configuration of the README is accepted', async () => {
  const [, config = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const checked = await shell(
    `export REPORTING_SECRET=x; cat > readme.yaml <<'END'\n${config}END\ngatehouse check --config readme.yaml`,
  );
  assert.match(checked, /readme\.yaml: accepted/);
});

test('the demo prints what is where, and every command that it prints is one of ours', async () => {
  const guide = demo.output();
  for (const place of ['gateway', 'provider', 'admin', 'lab', 'upstream', 'log'])
    assert.match(guide, new RegExp(place));
  const named = [...guide.matchAll(/gatehouse -- ([a-z-]+)/g)].map(([, command]) => command);
  assert.ok(named.length >= 7);
  const help = await shell('gatehouse --help');
  for (const command of named) assert.ok(help.includes(` ${command} `), `no command ${command}`);
});
