import type { ApiConfig, Config, IssuerConfig } from '../config.ts';
import { suggest } from '../suggest.ts';
import { identifiersOf } from './check-issuers.ts';
import type { Findings } from './findings.ts';

/** The name by which APIs accept the tokens of our own provider. */
export const providerName = 'provider';

/** Its JWTs are verified by its keys; for its opaque tokens it is asked. */
const acceptTheHub =
  "Add the hub's provider to `issuers`, with preset: oauth, introspection and opaque: { gatehouse: true }, and accept that.";

/** Every issuer that an API accepts exists, and the `iss` of a token names one of them. */
export function checkAcceptedIssuers(config: Config, findings: Findings): void {
  const identifiers = identifiersByName(config, findings);
  if (config.issuers.some(({ name }) => name === providerName)) {
    findings.fault(['issuers', providerName], 'is the name of our own provider', 'Choose another name.');
  }
  for (const api of config.apis) checkApi(api, identifiers, config.store.kind === 'none', findings);
  for (const issuer of config.issuers) {
    if (isUsed(issuer, config)) continue;
    const { name } = issuer;
    findings.warn(['issuers', name], 'is accepted by no API', `Add ${name} to the \`accept\` of an API.`);
  }
}

/** For sign-in, by an API, for exchange, or to sign the status lists of another. */
function isUsed({ name, signIn }: IssuerConfig, { apis, issuers, provider }: Config): boolean {
  return (
    signIn !== undefined ||
    apis.some(({ accept }) => accept.includes(name)) ||
    provider?.exchange.some(({ from }) => from.includes(name)) === true ||
    issuers.some(({ statusIssuer }) => statusIssuer === name)
  );
}

function checkApi(
  api: ApiConfig,
  identifiers: ReadonlyMap<string, readonly string[]>,
  isEdge: boolean,
  findings: Findings,
): void {
  const claimed = new Map<string, string>();
  api.accept.forEach((name, index) => {
    const path = ['apis', api.name, 'accept', index];
    const accepted = identifiers.get(name);
    if (accepted === undefined)
      findings.fault(path, `there is no issuer "${name}"`, remedyFor(name, identifiers, isEdge));
    for (const iss of accepted ?? []) {
      const other = claimed.get(iss);
      if (other === undefined) claimed.set(iss, name);
      else findings.fault(path, `"${name}" and "${other}" both issue as ${iss}`, 'Accept one of the two.');
    }
  });
}

/** What `iss` may be, by the issuer's name in the configuration. */
function identifiersByName({ issuers, provider }: Config, findings: Findings): ReadonlyMap<string, readonly string[]> {
  const identifiers = new Map<string, readonly string[]>();
  for (const issuer of issuers) identifiers.set(issuer.name, identifiersOf(issuer, findings) ?? []);
  if (provider !== undefined) identifiers.set(providerName, [provider.issuer]);
  return identifiers;
}

function remedyFor(name: string, identifiers: ReadonlyMap<string, unknown>, isEdge: boolean): string {
  const meant = suggest(name, [...identifiers.keys()]);
  if (meant !== undefined) return `Did you mean ${meant}?`;
  if (name !== providerName) return 'Add it to `issuers`.';
  return isEdge ? acceptTheHub : 'Add a `provider` section.';
}
