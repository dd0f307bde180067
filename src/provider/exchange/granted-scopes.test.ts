import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aPrincipal } from '../../../test/fixtures/a-principal.ts';
import { apiOf } from '../apis.ts';
import { registerClient } from '../client-options.ts';
import type { ExchangeRequest } from './exchange-request.ts';
import { grantedScopes } from './granted-scopes.ts';

const names: string[] = ['a', 'b', 'c', 'd'];
const scopes = fc.shuffledSubarray(names);

const situations = fc.record({
  ofApi: scopes,
  ofClient: scopes,
  ofRule: fc.option(scopes, { nil: undefined }),
  ofToken: scopes,
  asked: fc.option(scopes, { nil: undefined }),
  isOurs: fc.boolean(),
});

test('what is granted is what was asked for, and within every bound', () => {
  fc.assert(
    fc.property(situations, ({ ofApi, ofClient, ofRule, ofToken, asked, isOurs }) => {
      const api = apiOf({ name: 'orders', audience: 'https://orders.example', scopes: ofApi });
      const client = registerClient({ id: 'web', grants: ['token-exchange'], scopes: ofClient }, 0);
      const rule = { from: ['acme'], to: ['orders'], clients: ['web'], scopes: ofRule };
      const principal = aPrincipal({ scopes: new Set(ofToken) });
      const request = { scopes: asked } as ExchangeRequest;
      const granted = grantedScopes({ rule, api, client, isOurs }, principal, request);
      const bounds = [ofApi, ofClient, ofRule ?? ofToken, ...(isOurs ? [ofToken] : [])];
      const isWithin = (scope: string) => bounds.every((bound) => bound.includes(scope));
      if (asked === undefined) assert.deepEqual(granted, ofApi.filter(isWithin));
      else assert.deepEqual(granted, asked.every(isWithin) ? asked : undefined);
    }),
  );
});
