import { isLoopbackHost } from '../../net/index.ts';
import type { FoundIssuer } from '../diagnosis/diagnosis.ts';
import { notice } from '../diagnosis/notice.ts';
import { documentUrlsOf } from '../diagnosis/typed-issuer.ts';
import { discoveryUrl } from '../discovery-form.ts';
import { templateOf } from '../expand-tenants.ts';
import { textOf } from '../json-shape.ts';
import { type PresetName, presetNames } from '../preset.ts';
import { presets } from '../presets.ts';
import type { ProposalResult, ProposedSetting, ProposedValue } from './proposal.ts';
import { adviceFor } from './provider-advice.ts';
import { suggestName } from './suggest-name.ts';

/**
 * What to write into the configuration for an issuer whose document was found.
 *
 * @param taken names of issuers that the configuration has already
 */
export function proposeIssuer({ document, documentUrl }: FoundIssuer, taken: readonly string[]): ProposalResult {
  const issuer = textOf(document, 'issuer');
  const preset = presetFor(document, issuer);
  const { because, settings, remarks = [] } = adviceFor(preset);
  const all: readonly ProposedSetting[] = [
    { name: 'preset', value: preset },
    { name: 'issuer', value: issuer },
    ...place(preset, issuer, documentUrl),
    ...(settings?.(issuer, document, documentUrl) ?? []),
  ];
  if (!all.every(({ value }) => isPlain(value))) return { ok: false, notice: notice('issuer_unwritable') };
  if (!isTrusted(issuer)) return { ok: false, notice: notice('issuer_not_https', { issuer }) };
  const name = suggestName(preset, issuer, taken);
  return { ok: true, proposal: { name, preset, title: presets[preset].title, because, settings: all, remarks } };
}

/** The first preset that knows the document and whose form the issuer has; `oauth` takes every one. */
function presetFor(document: FoundIssuer['document'], issuer: string): PresetName {
  const fits = (name: PresetName): boolean => {
    const { form, recognises } = presets[name];
    if (!recognises(document)) return false;
    return form === undefined || form.pattern.test(issuer) || templateOf(issuer) !== undefined;
  };
  return presetNames.find(fits) ?? 'oauth';
}

/** Where the document is, if the preset would not look there. */
function place(preset: PresetName, issuer: string, documentUrl: string): readonly ProposedSetting[] {
  const base = URL.parse(presets[preset].discoveryBase?.(issuer) ?? issuer);
  const sought = base === null ? [] : presets[preset].discovery.map((form) => discoveryUrl(base, form));
  if (sought.includes(documentUrl) || templateOf(issuer) !== undefined) return [];
  const comment = documentUrlsOf(issuer).includes(documentUrl) ? undefined : 'not where the issuer says that it is';
  return [{ name: 'discovery', value: documentUrl, ...(comment === undefined ? {} : { comment }) }];
}

function isTrusted(issuer: string): boolean {
  const url = URL.parse(issuer);
  return url !== null && (url.protocol === 'https:' || isLoopbackHost(url.hostname));
}

/** URLs and identifiers are ASCII (RFC 3986 section 2): what is not may look like something else, or steer a terminal. */
function isPlain(value: ProposedValue): boolean {
  if (typeof value === 'string') return /^[\x21-\x7e]{1,1000}$/.test(value);
  if ('variable' in value) return true;
  return 'members' in value ? Object.values(value.members).every(isPlain) : value.every(isPlain);
}
