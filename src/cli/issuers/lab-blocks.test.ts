import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemClock } from '../../base/clock.ts';
import { parseConfig } from '../../config/index.ts';
import { diagnoseIssuer, type IssuerDiagnosis, proposeIssuer } from '../../issuers/index.ts';
import { type Lab, startLab } from '../../lab/index.ts';
import { createHttpClient, type HttpClient } from '../../net/index.ts';
import { issuerBlock } from './issuer-block.ts';
import { readQuestion } from './read-question.ts';

let lab: Lab;
let http: HttpClient;

before(async () => {
  lab = await startLab({ listen: { host: '127.0.0.1', port: 0 } });
  http = createHttpClient();
});

after(async () => {
  await http.close();
  await lab.close();
});

function diagnose(target: string): Promise<IssuerDiagnosis> {
  return diagnoseIssuer({ ...readQuestion(target), documentIssuers: undefined }, { http, clock: systemClock });
}

/** Known by their host, which in the lab is this machine. */
const knownByHost = ['cognito', 'entra-v1', 'pingone', 'google'];

test('every issuer of the lab is well, its preset is guessed, and the block for it passes the check', async () => {
  for (const { name, identifier, shape } of lab.issuers) {
    const diagnosis = await diagnose(identifier);
    assert.ok(diagnosis.ok && diagnosis.found !== undefined, name);
    const proposed = proposeIssuer(diagnosis.found, []);
    assert.ok(proposed.ok, name);
    const { proposal } = proposed;
    assert.equal(proposal.preset, knownByHost.includes(name) ? 'oidc' : shape.preset, name);
    const config = `${issuerBlock(proposal)}
store: sqlite:./x.db
apis:
  orders: { audience: a, route: { path: /o }, upstream: http://127.0.0.1:9, accept: [${proposal.name}], rules: [{ scopes: [a] }], forward: { identity: headers } }
`;
    const outcome = parseConfig(config, { path: 'gatehouse.yaml', env: {} });
    assert.ok(outcome.ok, `${name}: ${JSON.stringify(outcome)}`);
    const [issuer] = outcome.config.issuers;
    assert.equal(issuer?.issuer, identifier);
  }
});

test('an issuer without its slash, a bare host and a document lead to the same issuer', async () => {
  const { identifier } = lab.issuer('auth0');
  const bare = identifier.replace(/\/$/, '');
  for (const target of [bare, bare.replace('http://', ''), `${bare}/.well-known/openid-configuration`]) {
    const { found } = await diagnose(target);
    assert.equal(found?.document['issuer'], identifier, target);
  }
  const { found } = await diagnose(lab.origin.replace('http://', ''));
  assert.equal(found?.document['issuer'], lab.origin);
});

test('the document of several tenants leads to a block that wants the tenants', async () => {
  const { found } = await diagnose(`${lab.origin}/entra-v2/common/v2.0`);
  const proposed = found && proposeIssuer(found, []);
  assert.ok(proposed?.ok);
  const names = proposed.proposal.settings.map(({ name }) => name);
  assert.deepEqual([proposed.proposal.preset, names], ['entra-v2', ['preset', 'issuer', 'tenants']]);
});
