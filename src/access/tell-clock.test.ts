import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aProtectedApi, aRealAccess, currentClaims } from '../../test/fixtures/a-protected-api.ts';
import { aRequest } from '../../test/fixtures/a-request.ts';
import { anAskedIssuer } from '../../test/fixtures/an-asked-issuer.ts';
import { anIssuer } from '../../test/fixtures/an-issuer.ts';
import type { Issuer } from '../issuers/index.ts';
import { rejection } from '../protocol/rejection.ts';

const warning = "The clock of this machine is 600 seconds behind the issuer's.";
const acme = anIssuer('acme');
const minutes = 60_000;

function whoseClockIs(clockWarning: string | undefined): Issuer {
  return { ...acme, keys: { ...acme.keys, health: () => ({ ...acme.keys.health(), clockWarning }) } };
}

async function told(issuer: Issuer, now: number): Promise<unknown> {
  const request = aRequest({ authorization: [`Bearer ${acme.sign(currentClaims())}`] });
  const { rejection } = await aRealAccess().explain(aProtectedApi([issuer]), request, now);
  return [rejection?.code, rejection?.facts['clock']];
}

test('who asks why a token fails for its times is told that the clocks are apart, where they are', async () => {
  const behind = Date.now() - 10 * minutes;
  assert.deepEqual(await told(whoseClockIs(warning), behind), ['token_issued_in_future', warning]);
  assert.deepEqual(await told(whoseClockIs(undefined), behind), ['token_issued_in_future', undefined]);
  assert.deepEqual(await told(whoseClockIs(warning), Date.now() + 20 * minutes), ['token_expired', warning]);
});

test('so it is of a token that the issuer was asked about', async () => {
  const asked = anAskedIssuer('acme');
  asked.refuses('opaque', rejection('token_expired'));
  const api = aProtectedApi([], { opaque: [{ ...asked, issuer: whoseClockIs(warning) }] });
  const request = aRequest({ authorization: ['Bearer opaque'] });
  const { rejection: refused } = await aRealAccess().explain(api, request, Date.now());
  assert.deepEqual([refused?.code, refused?.facts['clock']], ['token_expired', warning]);
});

test('clocks that are apart have nothing to do with what fails for something else', async () => {
  const issuer = { ...whoseClockIs(warning), expectation: { ...acme.expectation, algorithms: ['RS256'] as const } };
  assert.deepEqual(await told(issuer, Date.now()), ['algorithm_not_allowed', undefined]);
});
