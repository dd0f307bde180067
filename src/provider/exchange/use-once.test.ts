import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aPrincipal } from '../../../test/fixtures/a-principal.ts';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';
import { furthestLeewaySeconds } from '../../protocol/furthest-leeway.ts';
import type { Services } from '../services.ts';
import { useOnce } from './use-once.ts';

test('a used assertion is known for as long as the furthest leeway lets anybody take it', async (t) => {
  const temporary = aSqliteStore();
  t.after(() => temporary.close());
  const services = { artifacts: temporary.store.artifacts } as Services;
  const expiresAt = Date.now() + 60_000;
  const assertion = aPrincipal({ tokenId: 'once', expiresAt });
  await useOnce(services, assertion, expiresAt - 1_000);
  const lastTaken = expiresAt + furthestLeewaySeconds * 1000 - 1;
  await assert.rejects(useOnce(services, assertion, lastTaken), { message: /invalid_grant/ });
  await useOnce(services, aPrincipal({ tokenId: 'another', expiresAt }), lastTaken);
});
