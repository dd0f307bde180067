import { expandTenants, templateOf } from '../expand-tenants.ts';
import type { IssuerOptions } from '../issuer-options.ts';
import { planIssuer } from '../plan-issuer.ts';
import type { IssuerQuestion } from './diagnose-issuer.ts';
import { readTypedIssuer } from './typed-issuer.ts';

/**
 * About an issuer's URL, a bare domain, or the URL of a discovery document, as a person types it.
 *
 * @returns undefined where it is none of them
 */
export function questionOfText(text: string): IssuerQuestion | undefined {
  const typed = readTypedIssuer(text);
  if (typed === undefined) return undefined;
  const { identifier, discoveryUrls } = typed;
  // The shared endpoints of Entra ID call themselves by a template.
  const template = identifier === undefined ? undefined : templateOf(identifier);
  const named = [identifier, template].filter((name) => name !== undefined);
  return { discoveryUrls, documentIssuers: named.length === 0 ? undefined : named };
}

/**
 * About a configured issuer: one question, or one for each tenant; none where it has no keys.
 *
 * @throws IssuerOptionsInvalid
 */
export function questionsOfOptions(name: string, options: IssuerOptions): readonly IssuerQuestion[] {
  const specs = expandTenants(name, options).map((tenant) => planIssuer(name, tenant).keys);
  return specs.filter(({ jwksUri, discoveryUrls }) => jwksUri !== undefined || discoveryUrls.length > 0);
}
