import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig, reportOn, soundConfig } from '../../../test/fixtures/a-config.ts';

/** What is added to the issuer of the sound configuration, and what is said of it. */
function reportWith(options: string, issuers = ''): string {
  const text = soundConfig.replace('oauth2/default }', `oauth2/default, ${options} }${issuers}`);
  assert.notEqual(text, soundConfig);
  return reportOn(text).replaceAll('gatehouse.yaml:', '');
}

const signer = '\n  lists: { issuer: https://lists.example }';

test('tokens that name a status list are looked up unless something else is said', () => {
  const outcome = readConfig(soundConfig);
  assert.ok(outcome.ok);
  const { status, statusLists, statusTimes } = outcome.config.issuers[0] ?? assert.fail();
  assert.deepEqual(
    { status, statusLists, statusTimes },
    {
      status: 'check',
      statusLists: undefined,
      statusTimes: { minRefresh: 5_000, maxRefresh: 300_000, maxStale: 900_000 },
    },
  );
});

test('other origins, another signer and other times can be named', () => {
  const options =
    'statusLists: [https://status.example:8443], statusIssuer: lists, statusTimes: { minRefresh: 1s, maxRefresh: 1s, maxStale: 0s }';
  assert.equal(reportWith(options, signer), '', 'the signer is of use, though no API accepts it');
  assert.equal(reportWith('status: ignore'), '');
});

const judged: Readonly<Record<string, readonly [string, string]>> = {
  'an origin with a path': [
    'statusLists: [https://status.example/lists]',
    '3:85  issuers.acme.statusLists[0]: "https://status.example/lists" is more than scheme, host and port. Remedy: Write https://status.example.',
  ],
  'an origin that is not https': [
    'statusLists: [http://status.example]',
    '3:85  issuers.acme.statusLists[0]: is not https. Remedy: Write https://…; plain http is for loopback only.',
  ],
  'origins although nothing is looked up': [
    'status: ignore, statusLists: [https://status.example]',
    '3:87  issuers.acme.statusLists: is of no use: `status` is ignored. Remedy: Take it out, or write `status: check`.',
  ],
  'a signer that does not exist': [
    'statusIssuer: nobody',
    '3:71  issuers.acme.statusIssuer: there is no issuer "nobody". Remedy: Add it to `issuers`, or correct the name.',
  ],
  'times in the wrong order': [
    'statusTimes: { minRefresh: 10m }',
    '3:71  issuers.acme.statusTimes: `minRefresh` is longer than `maxRefresh`. Remedy: Leave them out for 5 seconds and 5 minutes.',
  ],
};

for (const [what, [options, report]] of Object.entries(judged)) {
  test(`refuses ${what}`, () => assert.equal(reportWith(options), report));
}

test('refuses a signer that has no keys, or those of several tenants', () => {
  const opaque =
    '\n  lists: { introspection: { endpoint: https://lists.example/introspect, client: { id: a, secret: a-secret } } }';
  assert.match(reportWith('statusIssuer: lists', opaque), /"lists" has no keys/);
  const tenants = ['4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846', '5c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846'];
  const entra = `\n  lists: { preset: entra-v2, issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0', tenants: [${tenants}] }`;
  assert.match(reportWith('statusIssuer: lists', entra), /"lists" stands for several tenants/);
});

test('refuses a status list of tokens that are opaque', () => {
  const reportFor = (tokens: string): string => reportOn(`${soundConfig}    tokens: { ${tokens} }\n`);
  assert.match(reportFor('statusList: true'), /tokens\.statusList: is of no use: tokens of this API are opaque/);
  assert.match(reportFor('format: opaque, statusList: true'), /write format: jwt/);
  assert.equal(reportFor('format: jwt, statusList: true'), '');
  assert.equal(reportFor('needs: [federation], statusList: true'), '');
});
