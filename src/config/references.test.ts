import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readConfig, reportOn, soundConfig } from '../../test/fixtures/a-config.ts';
import { markReferences, unmarkReferences } from './references.ts';

const withClient = (secret: string): string =>
  `${soundConfig}clients:\n  - { id: job, secret: ${secret}, grants: [client_credentials], scopes: [orders:read] }\n`;

function secretOf(
  text: string,
  env: Record<string, string> = {},
  files: Record<string, string> = {},
): string | undefined {
  const outcome = readConfig(text, { env, files });
  assert.ok(outcome.ok, reportOn(text, { env, files }));
  assert.deepEqual(outcome.warnings, []);
  return outcome.config.clients[0]?.secret?.reveal();
}

test('a variable stands for a value, also within braces, where plain YAML has none', () => {
  assert.equal(secretOf(withClient(`\${SECRET}`), { SECRET: 'hunter2' }), 'hunter2');
  assert.equal(secretOf(withClient(`"\${SECRET}"`), { SECRET: 'hunter2' }), 'hunter2');
  assert.equal(secretOf(withClient(`'\${SECRET}'`), { SECRET: 'hunter2' }), 'hunter2');
});

test('a variable may be a part of a value', () => {
  const text = soundConfig.replace('http://127.0.0.1:9000', `http://\${HOST}:\${PORT}/base`);
  const outcome = readConfig(text, { env: { HOST: 'localhost', PORT: '9001' } });
  assert.ok(outcome.ok);
  assert.equal(outcome.config.apis[0]?.upstream.url, 'http://localhost:9001/base');
});

test('what a variable holds is text and nothing more, whatever it looks like', () => {
  for (const value of ['123456', 'true', 'null', '"', 'a: b # c', `\${OTHER}`, '{ file: /etc/passwd }', '$&', '$1']) {
    assert.equal(secretOf(withClient(`\${SECRET}`), { SECRET: value, OTHER: 'no' }), value);
  }
});

test('the two characters themselves are written with another dollar', () => {
  assert.equal(secretOf(withClient(`"$\${\${SECRET}"`), { SECRET: 'hunter2' }), `\${hunter2`);
});

test('a dollar alone is a dollar', () => {
  const hash = `$scrypt$ln=15,r=8,p=3$${'s'.repeat(22)}$${'h'.repeat(43)}`;
  for (const written of [`"${hash}"`, `'${hash}'`]) {
    const outcome = readConfig(`${soundConfig}accounts: [{ username: ada, password: ${written} }]\n`);
    assert.ok(outcome.ok);
    assert.equal(outcome.config.accounts[0]?.password.reveal(), hash);
  }
});

test('a variable that is not set, or empty, is a fault', () => {
  assert.equal(
    reportOn(withClient(`\${SECRET}`)),
    'gatehouse.yaml:13:16  clients[0].secret: the environment variable SECRET is not set. Remedy: Set SECRET before the program starts.',
  );
  assert.equal(
    reportOn(withClient(`\${SECRET}`), { env: { SECRET: '' } }),
    'gatehouse.yaml:13:16  clients[0].secret: the environment variable SECRET is empty. Remedy: Set SECRET before the program starts.',
  );
});

test('a reference that names no variable is a fault', () => {
  assert.equal(
    reportOn(withClient(`"\${1X}"`)),
    `gatehouse.yaml:13:16  clients[0].secret: has a "\${" that names no variable. Remedy: Write \${NAME} for a variable, or $\${ for the two characters themselves.`,
  );
});

test('a secret may be in a file, without the line break at its end', () => {
  const text = withClient('{ file: /run/secrets/job }');
  assert.equal(secretOf(text, {}, { '/run/secrets/job': 'hunter2\n' }), 'hunter2');
  assert.equal(secretOf(text, {}, { '/run/secrets/job': ' hunter2 \r\n' }), ' hunter2 ');
  assert.equal(secretOf(withClient(`{ file: "\${DIR}/job" }`), { DIR: '/s' }, { '/s/job': 'x' }), 'x');
});

test('a secret file that is missing, empty or no secret is a fault', () => {
  const text = withClient('{ file: /run/secrets/job }');
  const place = 'gatehouse.yaml:13:16  clients[0].secret: the file /run/secrets/job';
  assert.equal(reportOn(text), `${place} cannot be read: no such file. Remedy: Create it, and let this user read it.`);
  const remedy = 'Remedy: Write the value into it, and nothing else.';
  assert.equal(reportOn(text, { files: { '/run/secrets/job': '\n' } }), `${place} is empty. ${remedy}`);
  assert.equal(
    reportOn(text, { files: { '/run/secrets/job': 'x'.repeat(65_537) } }),
    `${place} is longer than 65536 characters. ${remedy}`,
  );
});

test('a secret that is written in the file works, and is warned about', () => {
  assert.equal(
    reportOn(withClient('hunter2')),
    `gatehouse.yaml:13:16  warning: clients[0].secret: is written in the file. Remedy: Write \${NAME} or { file: PATH } instead.`,
  );
});

test('what a secret holds is in no report', () => {
  const env = { SECRET: 'hunter2' };
  for (const secret of [`[\${SECRET}]`, `{ text: \${SECRET} }`, `"\${SECRET} \${MISSING}"`]) {
    assert.equal(readConfig(withClient(secret), { env }).ok, false, secret);
    assert.ok(!reportOn(withClient(secret), { env }).includes('hunter2'), secret);
  }
});

test('a reference in the wrong place is quoted as it was written', () => {
  const text = `${soundConfig}admin: { listen: "\${SECRET}:x" }\n`;
  assert.equal(
    reportOn(text, { env: { SECRET: 'hunter2' } }),
    `gatehouse.yaml:12:10  admin.listen: "\${SECRET}:x" is no address to listen on. Remedy: Write HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080; 0.0.0.0:8080 is every address.`,
  );
});

test('only a secret can be in a file', () => {
  assert.equal(
    reportOn(`${soundConfig}log: { file: /etc/passwd }\n`, { files: { '/etc/passwd': 'root' } }),
    'gatehouse.yaml:12:8  log.file: is unknown. Remedy: Known here: level.',
  );
});

test('law: marks take no room, and come off again', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('$', '{', '}', `\${A}`, `$\${`, 'a', '\n', ' ')).map((parts) => parts.join('')),
      (text) => {
        assert.equal(markReferences(text).length, text.length);
        assert.equal(unmarkReferences(markReferences(text)), text);
      },
    ),
  );
});
