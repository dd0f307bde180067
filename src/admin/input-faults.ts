import type { z } from '@hono/zod-openapi';
import type { InputFault } from './problem.ts';

type Issue = z.core.$ZodIssue;

/**
 * What does not fit, in the caller's words: where it stands and why. Never what was sent, which may be a secret.
 *
 * @param target the part of the request: `json`, `query` or `param`
 */
export function inputFaults(target: string, error: z.core.$ZodError): readonly InputFault[] {
  const root = target === 'json' ? 'body' : target;
  return error.issues.flatMap((issue) => faultsOf(issue, root));
}

function faultsOf(issue: Issue, root: string): readonly InputFault[] {
  const path = issue.path.length === 0 ? root : issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path.map(String), key].join('.'), reason: 'is not known here' }));
  }
  return [{ path, reason: issue.message }];
}
