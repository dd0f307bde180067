// A program: the gateway with so many APIs, issuers, remembered tokens and revocations. Argument: those four numbers.
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { destination } from 'pino';
import { assemble, type CentralConfig, type House } from '../../src/app/assemble.ts';
import { gatewayListener } from '../../src/app/listeners.ts';
import { systemClock } from '../../src/base/clock.ts';
import { parseConfig } from '../../src/config/index.ts';
import { createObservability, gatherLines } from '../../src/observability/index.ts';
import { createStoreVerifier, generateOpaqueToken, type TokenStore } from '../../src/opaque/index.ts';

const provider = 'http://127.0.0.1:18081';
const [apis = 1, issuers = 1, tokens = 1, revocations = 1] = process.argv.slice(2).map(Number);
const numbered = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

/** Each API takes the tokens of one issuer and of the provider. */
const text = `
gateway: { listen: 127.0.0.1:18080, cache: 8GiB }
provider: { listen: 127.0.0.1:18081, issuer: ${provider} }
store: sqlite:./data/gatehouse.db
issuers:
${numbered(issuers, (n) => `  issuer-${n}: { preset: oidc, issuer: http://127.0.0.1:19000/issuers/${n} }`)}
apis:
${numbered(
  apis,
  (n) => `  api-${n}:
    audience: https://orders.example/${n}
    route: { path: /orders/${n} }
    upstream: http://127.0.0.1:19000
    accept: [issuer-${n % issuers}, provider]
    rules: [{ methods: [GET], scopes: [orders:read] }]
    tokens: { format: opaque }
    forward: { identity: headers }`,
)}
clients:
  - { id: reporting, secret: a-secret-for-the-benchmark-only, grants: [client_credentials], scopes: [orders:read] }
`;

async function remember({ access, generation, own }: House): Promise<void> {
  const [api] = generation().guarded;
  const issuer = own()?.issuer;
  if (api === undefined || issuer === undefined) throw new Error('no API, or no provider');
  const expiresAt = systemClock() + 3_600_000;
  const aud = 'https://orders.example/0';
  const claims = { iss: provider, aud, client_id: 'reporting', scope: 'orders:read', exp: expiresAt / 1_000 };
  let number = 0;
  const store: TokenStore = {
    find: () => ({ claims: { ...claims, sub: `subject-${number}`, jti: `token-${number++}` }, expiresAt }),
  };
  const verifier = createStoreVerifier({ store, issuerName: 'provider', issuer: provider });
  const crowded = { ...api, opaque: [{ verifier, issuer, isOurs: true }] };
  for (let n = 0; n < tokens; n++) {
    const authorization = [`Bearer ${generateOpaqueToken()}`];
    const request = { method: 'GET', host: '127.0.0.1', path: '/', query: '', authorization, header: () => undefined };
    const decide = async () => access.decide(crowded, request, systemClock());
    let decision = await decide();
    // A collection of so large a heap may last until the log is not followed any more.
    while (!decision.granted && decision.rejection.code === 'revocations_stale') {
      await pause(100);
      decision = await decide();
    }
    if (!decision.granted) throw new Error(decision.rejection.code);
    if (n % 1_000 === 0) await nextTurn(); // The revocation log has to be followed meanwhile.
  }
  if (access.remembered < tokens) throw new Error(`only ${access.remembered} tokens are remembered`);
}

async function revoke({ revocations: { index } }: House): Promise<void> {
  const expiresAt = systemClock() + 3_600_000;
  for (let n = 0; n < revocations; n++) {
    const issuer = `http://127.0.0.1:19000/issuers/${n % issuers}`;
    index.apply([{ seq: 1, at: systemClock(), issuer, kind: 'jti', value: `revoked-${n}`, expiresAt }]);
    if (n % 1_000 === 0) await nextTurn();
  }
}

const outcome = parseConfig(text, { path: 'crowded.yaml', env: {} });
if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults));
createObservability({ level: 'info' }, { stream: gatherLines(destination(1)) });
const house = await assemble(outcome.config as CentralConfig, {
  clock: systemClock,
  isGateway: true,
  onFailure: console.error,
});
await house.start();
await revoke(house);
await remember(house);
await gatewayListener(house).open();
