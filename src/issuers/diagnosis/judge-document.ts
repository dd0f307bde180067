import type { JsonObject } from '../../protocol/claims.ts';
import { clip } from '../clip.ts';
import { templateOf } from '../expand-tenants.ts';
import type { DiscoveryDocument } from '../fetch-discovery.ts';
import type { PresetGuess } from '../guess-preset.ts';
import { documentFailed } from '../issuer-failure.ts';
import { textOf } from '../json-shape.ts';
import { presets } from '../presets.ts';
import { tenantPlace } from '../tenant.ts';
import type { Judged } from './course.ts';
import { type Notice, notice } from './notice.ts';
import { documentUrlsOf } from './typed-issuer.ts';

/** @param expected what the document may give as `issuer`, exactly; undefined: anything */
export function judgeDocument(
  { url, document }: DiscoveryDocument,
  guess: PresetGuess,
  expected: readonly string[] | undefined,
): Judged {
  const issuer = textOf(document, 'issuer');
  if (issuer === '') return documentFailed('discovery_without_issuer', { url });
  if (expected !== undefined && !expected.includes(issuer)) {
    return documentFailed('discovery_issuer_mismatch', { url, expected, actual: clip(issuer) });
  }
  const notices = [
    ...placeNotices(url, issuer, expected),
    ...formNotices(issuer, guess),
    ...accessTokenNotices(document, issuer, guess),
    ...(guess.refusal === undefined ? [] : [notice('not_verifiable', { reason: guess.refusal })]),
  ];
  return { seen: [issuer], notices };
}

function placeNotices(url: string, issuer: string, expected: readonly string[] | undefined): readonly Notice[] {
  if (expected !== undefined || issuer.includes(tenantPlace)) return [];
  return documentUrlsOf(issuer).includes(url) ? [] : [notice('issuer_elsewhere', { issuer: clip(issuer), url })];
}

function formNotices(issuer: string, { preset }: PresetGuess): readonly Notice[] {
  const { form, tenanted } = presets[preset];
  if (tenanted === true && templateOf(issuer) !== undefined) return [notice('several_tenants', { issuer })];
  return form === undefined || form.pattern.test(issuer) ? [] : [notice('form_unusual', { expected: form.remedy })];
}

/** AD FS; [MS-OIDCE] section 2.2.3.2. */
function accessTokenNotices(document: JsonObject, issuer: string, { preset }: PresetGuess): readonly Notice[] {
  const carried = textOf(document, 'access_token_issuer');
  const known = URL.canParse(issuer) ? (presets[preset].acceptedIssuers?.(issuer) ?? [issuer]) : [issuer];
  return carried === '' || known.includes(carried) ? [] : [notice('access_token_issuer', { iss: clip(carried) })];
}
