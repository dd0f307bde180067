import type { Provocation, Provocations } from './provocation.ts';
import { acmeToken } from './stage.ts';

const at = (target: string, claims: Readonly<Record<string, unknown>> = {}): Provocation => {
  return (stage) => stage.call({ target, token: acmeToken(claims) });
};

/** Refused by the API, although the token is good. */
export const ofThePolicy = {
  audience_mismatch: { 'a token for another API': at('/orders', { aud: 'https://elsewhere.example' }) },
  scope_insufficient: {
    'another scope': at('/orders', { scope: 'orders:write' }),
    'no scope': at('/orders', { scope: undefined }),
  },
  caller_not_allowed: { 'another client': at('/callers') },
  consumer_unknown: { 'a client of nobody': at('/served') },
  consumer_not_allowed: { 'another consumer': at('/served', { client_id: 'partner-web' }) },
  consumer_blocked: { 'a consumer that is blocked': at('/orders', { client_id: 'rogue-web' }) },
  rate_exceeded: {
    'one request too many': async (stage) => {
      const token = acmeToken({ client_id: 'busy-web' });
      const first = await stage.call({ target: '/served', token });
      if (first.status !== 200) throw new Error(`refused before it was too often: ${first.body}`);
      return stage.call({ target: '/served', token });
    },
  },
  role_missing: { 'another role': at('/roles', { roles: ['guest'] }) },
  group_missing: { 'another group': at('/groups', { groups: ['guests'] }) },
  groups_unknown: { 'groups that are elsewhere': at('/groups', { _claim_names: { groups: 'src1' } }) },
  rule_missing: { 'a method of no rule': (stage) => stage.call({ method: 'DELETE', token: acmeToken() }) },
  condition_false: { 'an address that was not verified': at('/conditions', { email_verified: false }) },
  condition_failed: { 'nothing said about an address': at('/conditions') },
} as const satisfies Provocations;
