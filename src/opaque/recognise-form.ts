import type { OpaqueTokenForm } from './introspection-options.ts';
import { IntrospectionOptionsInvalid } from './introspection-options-invalid.ts';
import { checksumFits, opaquePrefixOf } from './opaque-form.ts';

/**
 * Which opaque tokens are an issuer's. Those of our own form are only where it is said to be a Gatehouse: our token,
 * shown to another, would be given away.
 *
 * @throws IntrospectionOptionsInvalid
 */
export function recogniseForm(issuerName: string, form: OpaqueTokenForm | undefined): (token: string) => boolean {
  if (form?.gatehouse === true) return (token) => opaquePrefixOf(token) === 'gho_' && checksumFits(token);
  const isTheirs = formTest(issuerName, form);
  return (token) => isTheirs(token) && !checksumFits(token);
}

function formTest(issuerName: string, { prefixes, matches }: OpaqueTokenForm = {}): (token: string) => boolean {
  if (prefixes === undefined && matches === undefined) return () => true;
  if (prefixes?.includes('') === true) {
    const reason = 'The empty prefix is the beginning of every token.';
    throw new IntrospectionOptionsInvalid(issuerName, 'opaque.prefixes', reason, 'Leave it out.');
  }
  return (token) => prefixes?.some((prefix) => token.startsWith(prefix)) === true || matches?.(token) === true;
}
