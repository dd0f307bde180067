import type { IssuerProposal, ProposedValue } from '../../issuers/index.ts';

/** The part of a configuration that makes an issuer known, as YAML. */
export function issuerBlock({ name, settings }: IssuerProposal): string {
  const lines = settings.map(({ name: setting, value, comment }) => {
    const line = `    ${setting}: ${written(value)}`;
    return comment === undefined ? line : `${line} # ${comment}`;
  });
  return ['issuers:', `  ${name}:`, ...lines].join('\n');
}

function written(value: ProposedValue): string {
  if (typeof value === 'string') return scalar(value);
  if ('variable' in value) return `'\${${value.variable}}'`;
  if (!('members' in value)) return `[${value.map(scalar).join(', ')}]`;
  const members = Object.entries(value.members).map(([name, member]) => `${name}: ${written(member)}`);
  return `{ ${members.join(', ')} }`;
}

/** What YAML might read as something else is quoted, and what the configuration would read as a variable is escaped. */
function scalar(text: string): string {
  const isPlain = /^[a-z][\w./:-]*[\w/]$/i.test(text) && !/^(true|false|null)$/i.test(text);
  return isPlain ? text : JSON.stringify(text).replaceAll('${', '$${');
}
