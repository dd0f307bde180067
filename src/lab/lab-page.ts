import type { LabIssuer } from './lab-issuer.ts';

/** What the lab says of itself: its issuers, as they are written in a configuration. */
export function labPage(issuers: readonly LabIssuer[]): string {
  const width = Math.max(...issuers.map(({ name }) => name.length));
  const lines = issuers.map(
    ({ name, shape, identifier }) => `  ${name.padEnd(width)}  { preset: ${shape.preset}, issuer: ${identifier} }`,
  );
  return `Identity providers in miniature, for trying out policies on this machine.
Their tokens prove nothing: whoever reaches this port can make any.

${lines.join('\n')}

Below each issuer:
  POST token   sub, client_id, scope, audience, ttl, alg, claims (a JSON object)
  POST rotate  a new key signs; with drop=true the earlier ones are withdrawn
`;
}
