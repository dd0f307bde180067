import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parseConfig, renderReport } from '../src/config/index.ts';

const root = new URL('../', import.meta.url);
const hash = `$scrypt$ln=15,r=8,p=3$${'s'.repeat(22)}$${'h'.repeat(43)}`;

/** What the files would hold that an example names. */
const readSecret = (path: string): string => (path.endsWith('hash') ? hash : 'a secret');

const examples = (await readdir(new URL('examples/', root))).map((name) => `examples/${name}`);

for (const path of ['demo/gatehouse.yaml', ...examples]) {
  test(`${path} is accepted without a warning`, async () => {
    const text = await readFile(new URL(path, root), 'utf8');
    const outcome = parseConfig(text, { path, env: {}, readFile: readSecret });
    assert.equal(renderReport(outcome.ok ? [] : outcome.faults, outcome.warnings), '');
  });
}
