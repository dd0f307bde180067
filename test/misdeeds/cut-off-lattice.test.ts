// CVE-2026-8922: in Keycloak, a client's own "not before" hid that of the realm, and tokens that the realm had revoked
// were accepted again. The effective cut-off is the latest of all that hit, whatever it came by and in whatever order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Principal } from '../../src/protocol/principal.ts';
import { type Revocation, RevocationIndex, type RevocationKind } from '../../src/revocation/index.ts';
import { aPrincipal } from '../fixtures/a-principal.ts';

const issuer = 'https://acme.example';
const holder = { issuer, subject: 'mira', client: 'reporting', session: 'sid-1', keyId: 'kid-1' };

const facets: readonly { readonly kind: RevocationKind; readonly value: string; readonly client?: string }[] = [
  { kind: 'issuer', value: issuer },
  { kind: 'client', value: 'reporting' },
  { kind: 'subject', value: 'mira' },
  { kind: 'subject', value: 'mira', client: 'reporting' },
  { kind: 'session', value: 'sid-1' },
  { kind: 'key', value: 'kid-1' },
];

const cutOff = (facet: (typeof facets)[number], before: number, seq: number): Revocation => ({
  ...facet,
  issuer,
  before,
  seq,
  at: before * 1000,
  expiresAt: 10_000_000,
  actor: 'test',
});
const issued = (issuedAt: number | undefined): Principal => aPrincipal({ ...holder, issuedAt });

for (const wide of facets) {
  for (const narrow of facets) {
    const name = (facet: typeof wide) => (facet.client === undefined ? facet.kind : `${facet.kind} of a client`);
    test(`An early cut-off of the ${name(narrow)} does not hide a late one of the ${name(wide)}.`, () => {
      for (const entries of [
        [cutOff(wide, 200, 1), cutOff(narrow, 100, 2)],
        [cutOff(narrow, 100, 1), cutOff(wide, 200, 2)],
      ]) {
        const index = new RevocationIndex();
        for (const entry of entries) index.apply([entry]);
        assert.equal(index.match(issued(150))?.before, 200);
        assert.equal(index.match(issued(200))?.before, 200);
        assert.equal(index.match(issued(201)), undefined);
        assert.equal(index.match(issued(undefined))?.before, 200);
      }
    });
  }
}

test('The effective cut-off is the maximum of all that hit, for any set of them.', () => {
  const cutOffs = fc.array(fc.record({ facet: fc.constantFrom(...facets), before: fc.nat(1000) }), { minLength: 1 });
  fc.assert(
    fc.property(cutOffs, fc.nat(1000), (chosen, issuedAt) => {
      const index = new RevocationIndex();
      index.apply(chosen.map(({ facet, before }, n) => cutOff(facet, before, n + 1)));
      const latest = Math.max(...chosen.map(({ before }) => before));
      assert.equal(index.match(issued(issuedAt))?.before, issuedAt <= latest ? latest : undefined);
    }),
  );
});
