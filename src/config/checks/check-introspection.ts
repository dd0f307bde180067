import type { Issuer } from '../../issuers/index.ts';
import { ClientKeyInvalid, createIntrospectionVerifier, IntrospectionOptionsInvalid } from '../../opaque/index.ts';
import type { Config, IssuerConfig } from '../config.ts';
import type { ConfigPath } from '../fault.ts';
import { minute } from '../fields/duration-field.ts';
import { authenticationMethod, type IntrospectionConfig } from '../introspection-client.ts';
import { introspectionOptions, introspectionPlace } from '../introspection-options.ts';
import { issuersOf, noDependencies } from './check-issuers.ts';
import type { Findings } from './findings.ts';

/** Issuers that are asked about their tokens can be asked, and say enough to be relied on. */
export function checkIntrospection({ issuers }: Config, findings: Findings): void {
  for (const config of issuers) {
    const path = ['issuers', config.name];
    if (config.introspection === undefined) checkUnasked(config, path, findings);
    else checkAsked(config, config.introspection, [...path, 'introspection'], findings);
  }
}

function checkUnasked(config: IssuerConfig, path: string[], findings: Findings): void {
  if (config.opaque !== undefined) {
    findings.fault([...path, 'opaque'], 'is of use only for an issuer that is asked', 'Add `introspection`.');
  }
  if (introspectionPlace(config).protocol === 'tokeninfo') {
    const remedy = 'Add `introspection: {}`, and list in `clients` whose tokens are accepted.';
    findings.fault(path, 'has opaque tokens only, and nobody is asked about them', remedy);
    return;
  }
  const refusal = refusalOf(config);
  if (refusal !== undefined) findings.warn(path, 'none of its tokens is accepted', refusal);
}

function checkAsked(
  config: IssuerConfig,
  introspection: IntrospectionConfig,
  path: string[],
  findings: Findings,
): void {
  const count = findings.faults.length;
  const { endpoint, protocol } = introspectionPlace(config);
  if (endpoint === undefined) {
    const remedy = 'Add `endpoint`: `introspection_endpoint` of its discovery document.';
    findings.fault(path, `has no endpoint, and the preset ${config.preset} knows none`, remedy);
  }
  if (protocol === 'rfc7662') checkCredentials(introspection, path, findings);
  if (introspection.signed && (config.issuer === undefined || refusalOf(config) !== undefined)) {
    const remedy = 'Add `issuer`, at which its keys are found, or take it out.';
    findings.fault([...path, 'signed'], 'needs keys to verify the answers by, and there are none', remedy);
  }
  if (introspection.tokens === 'all' && config.issuer === undefined && config.acceptedIssuers === undefined) {
    const remedy = 'Add `issuer`: the `iss` of its JWTs.';
    findings.fault([...path, 'tokens'], 'are all that are opaque: of JWTs it is not known which are its own', remedy);
  }
  warnOfLongMemory(introspection, path, findings);
  warnOfQueryInName(config, path, findings);
  if (findings.faults.length === count) checkOptions(config, findings);
}

/** What each way to authenticate is done with. */
const credentialOf = {
  basic: ['client', 'secret'],
  post: ['client', 'secret'],
  private_key_jwt: ['client', 'key'],
  bearer: ['bearer'],
  none: [],
} as const;

function checkCredentials(introspection: IntrospectionConfig, path: string[], findings: Findings): void {
  const { client, bearer } = introspection;
  const method = authenticationMethod(introspection);
  if (method === undefined) {
    const remedy = 'Add `client: { id, secret }`, or write `authentication: none` if the endpoint asks for nothing.';
    findings.fault(path, 'does not say who is asking', remedy);
    return;
  }
  const wanted = credentialOf[method].join('.');
  const there: readonly (readonly [ConfigPath, unknown])[] = [
    [['client', 'secret'], client?.secret],
    [['client', 'key'], client?.key],
    [['bearer'], bearer],
  ];
  for (const [place, value] of there) {
    const isWanted = place.join('.') === wanted;
    if (isWanted && value === undefined) findings.fault(path, `needs ${wanted} for ${method}`, `Add \`${wanted}\`.`);
    if (isWanted || value === undefined) continue;
    findings.fault([...path, ...place], `is not used with ${method}`, 'Keep one way to authenticate.');
  }
}

/** A token that its issuer has revoked is let in until the answer about it is forgotten. */
function warnOfLongMemory({ cache }: IntrospectionConfig, path: string[], findings: Findings): void {
  if (cache <= 5 * minute) return;
  const remedy = 'Shorten it, or revoke here as well what is revoked there.';
  findings.warn([...path, 'cache'], 'tokens that were revoked there live on here for so long', remedy);
}

/** Logs, upstreams and the admin API read an issuer's name, and a query can hold secrets. */
function warnOfQueryInName({ issuer, introspection }: IssuerConfig, path: string[], findings: Findings): void {
  if (issuer !== undefined || introspection?.endpoint?.includes('?') !== true) return;
  const reason = "is the issuer's name too, so that logs and upstreams are told its query";
  findings.warn([...path, 'endpoint'], reason, 'Write `issuer`: the name that is to be told.');
}

function checkOptions(config: IssuerConfig, findings: Findings): void {
  const issuers = issuersOf(config);
  // What is wrong with the issuer itself was said by another check.
  if ('reason' in issuers) return;
  const [issuer, ...others] = issuers;
  const path = ['issuers', config.name, 'introspection'];
  if (others.length > 0) {
    findings.fault(path, 'cannot tell several tenants apart', 'Write one issuer for each tenant.');
  } else if (issuer !== undefined) {
    tryOptions(config, issuer, path, findings);
  }
}

function tryOptions(config: IssuerConfig, issuer: Issuer, path: string[], findings: Findings): void {
  try {
    const options = introspectionOptions(config, issuer);
    if (options !== undefined) createIntrospectionVerifier(options, { ...noDependencies, keys: issuer.keys });
  } catch (error) {
    if (error instanceof IntrospectionOptionsInvalid) {
      findings.fault(error.path, error.message.replace(/\.$/, ''), error.remedy);
    } else if (error instanceof ClientKeyInvalid) {
      const remedy = 'Give an unencrypted private key, PEM or JWK: RSA, P-256, P-384 or Ed25519.';
      findings.fault([...path, 'client', 'key'], 'is no key to authenticate by', `${error.message} ${remedy}`);
    } else {
      throw error;
    }
  }
}

/** Why no JWT of the issuer can be verified here, if so. */
function refusalOf(config: IssuerConfig): string | undefined {
  const issuers = issuersOf(config);
  if ('reason' in issuers) return undefined;
  const [refusal] = issuers.flatMap((issuer) => issuer.refusal ?? []);
  return refusal && String(refusal.facts['reason']);
}
