// A program: decides about tokens that were seen before, as the gateway does. Prints decisions a second.
import { readFileSync } from 'node:fs';
import { assemble, type CentralConfig } from '../../src/app/assemble.ts';
import { systemClock } from '../../src/base/clock.ts';
import { loadConfig } from '../../src/config/index.ts';
import { callsPerSecond } from './calls-per-second.ts';

const [, , tokenFile = ''] = process.argv;
const outcome = await loadConfig('gatehouse.yaml', process.env);
if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults));
const house = await assemble(outcome.config as CentralConfig, {
  clock: systemClock,
  isGateway: true,
  onFailure: console.error,
});
await house.start();
const api = house.generation().guarded[0];
if (api === undefined) throw new Error('the configuration has no API');

const requests = readFileSync(tokenFile, 'utf8')
  .split('\n')
  .map((token) => ({
    ...{ method: 'GET', host: '127.0.0.1', path: '/orders', query: '' },
    authorization: [`Bearer ${token}`],
    header: () => undefined,
  }));
for (const request of requests) {
  const { granted } = await house.access.decide(api, request, systemClock());
  if (!granted) throw new Error('a good token is refused');
}

const perSecond = await callsPerSecond((turn) => {
  const decision = house.access.decide(api, requests[turn % requests.length] as (typeof requests)[0], systemClock());
  if (decision instanceof Promise || !decision.granted) throw new Error('a token that was seen before is refused');
});
console.log(JSON.stringify({ perSecond }));
await house.stop();
