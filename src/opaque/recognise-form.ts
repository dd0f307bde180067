import type { OpaqueTokenForm } from './introspection-options.ts';
import { IntrospectionOptionsInvalid } from './introspection-options-invalid.ts';
import { checksumFits } from './opaque-form.ts';

/**
 * Which opaque tokens are an issuer's. Ours never are, whatever the form says: our token, shown to another, would be
 * given away.
 *
 * @throws IntrospectionOptionsInvalid
 */
export function recogniseForm(issuerName: string, form: OpaqueTokenForm | undefined): (token: string) => boolean {
  const isTheirs = formTest(issuerName, form);
  return (token) => isTheirs(token) && !checksumFits(token);
}

function formTest(issuerName: string, { prefixes, pattern }: OpaqueTokenForm = {}): (token: string) => boolean {
  if (prefixes === undefined && pattern === undefined) return () => true;
  if (prefixes?.includes('') === true) {
    const reason = 'The empty prefix is the beginning of every token.';
    throw new IntrospectionOptionsInvalid(issuerName, 'opaque.prefixes', reason, 'Leave it out.');
  }
  const expression = pattern === undefined ? undefined : compile(issuerName, pattern);
  return (token) => prefixes?.some((prefix) => token.startsWith(prefix)) === true || expression?.test(token) === true;
}

function compile(issuerName: string, pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    const reason = `${JSON.stringify(pattern)} is not a regular expression.`;
    throw new IntrospectionOptionsInvalid(issuerName, 'opaque.pattern', reason, 'Try it in any JavaScript console.');
  }
}
