import type { RequestHead } from './downstream/index.ts';
import { foldHeaderName, type HeaderRole } from './header-name.ts';

/**
 * A header as the policy sees it: as the upstream will read it, or not at all.
 *
 * Fields of one name are one list (RFC 9110 section 5.3). What is spelled otherwise, but is the same name to CGI and
 * its heirs, belongs to the list too: a value that only the upstream would read cannot then equal one that is demanded.
 *
 * @param name lower case
 */
export function policyHeader(head: RequestHead, name: string, isTrusted: boolean): string | undefined {
  const { names, fields, connection } = head;
  if (connection?.has(name) === true) return undefined;
  const folded = foldHeaderName(name);
  const values: string[] = [];
  let isNamed = false;
  for (const [i, each] of names.entries()) {
    if (each.folded !== folded || !isTold(each.role, isTrusted)) continue;
    values.push(fields[i * 2 + 1] ?? '');
    isNamed ||= each.lower === name;
  }
  return isNamed ? values.join(name === 'cookie' ? '; ' : ', ') : undefined;
}

function isTold(role: HeaderRole, isTrusted: boolean): boolean {
  switch (role) {
    case 'end-to-end':
    case 'host':
    case 'content-length':
      return true;
    case 'origin':
    case 'request-id':
      return isTrusted;
    default:
      return false;
  }
}
