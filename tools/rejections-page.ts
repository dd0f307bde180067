import { checks } from '../src/protocol/check.ts';
import { type RejectionCode, rejectionKinds } from '../src/protocol/rejection.ts';

/** docs/rejections.md, from the closed union of rejections. */
export function rejectionsPage(): string {
  const codes = Object.keys(rejectionKinds) as RejectionCode[];
  const sections = checks.map((check) => {
    const rows = codes.filter((code) => rejectionKinds[code].check === check).map(row);
    return `## ${check}\n\n| code | status | error | what the client is told | remedy |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `${introduction}\n${sections.join('\n')}`;
}

const introduction = `# Rejections

Every way in which Gatehouse refuses, by the check that failed, in the order in which the checks run. Generated from
\`src/protocol/rejection.ts\` by \`npm run docs\`; do not edit by hand.

A refusal is \`application/problem+json\` (RFC 9457) with the members \`code\`, \`check\`, \`status\`, \`title\` and
\`request_id\`; 401 answers, and those with an \`error\`, carry a \`WWW-Authenticate\` challenge (RFC 6750). The facts of a
refusal (which claim, which key, which rule) are in the operator's log under the same request id, and in
\`gatehouse explain\`; the token is in neither.
`;

function row(code: RejectionCode): string {
  const kind = rejectionKinds[code];
  const error = 'error' in kind ? `\`${kind.error}\`` : '';
  return `| \`${code}\` | ${kind.status} | ${error} | ${kind.title} | ${kind.remedy.replaceAll('|', '\\|')} |`;
}
