import { z } from '@hono/zod-openapi';
import type { Context, TypedResponse } from 'hono';
import type { AdminEnv } from './admin-env.ts';

/** How a call fails that is not about the caller's token; those are rejections, as at the gateway. Closed. */
const problems = {
  host_not_allowed: {
    status: 421,
    title: 'The admin API is not served under this host name.',
    remedy: 'Call it by a loopback address, or add the name to `admin.hosts`.',
  },
  endpoint_unknown: {
    status: 404,
    title: 'There is no such endpoint.',
    remedy: 'Compare the method and the path with /openapi.json.',
  },
  input_invalid: {
    status: 400,
    title: 'The input does not fit this endpoint.',
    remedy: 'Correct what `errors` names; /openapi.json describes what the endpoint takes.',
  },
  media_type_unsupported: {
    status: 415,
    title: 'The body is not JSON.',
    remedy: 'Send `Content-Type: application/json`.',
  },
  length_required: {
    status: 411,
    title: 'The length of the body is not told.',
    remedy: 'Send `Content-Length`, not a chunked body.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is larger than the admin API takes.',
    remedy: 'Send at most 256 KiB.',
  },
  resource_unknown: {
    status: 404,
    title: 'There is no such resource.',
    remedy: 'List the collection to see what there is.',
  },
  resource_conflict: {
    status: 409,
    title: 'The resource is in a state that forbids this.',
    remedy: 'See `errors` for what stands in the way.',
  },
  too_many_followers: {
    status: 503,
    title: 'So many follow the log that no more are let in.',
    remedy: 'Try again as soon as Retry-After says; start more processes with the role `admin`.',
  },
  too_many_tests: {
    status: 429,
    title: 'Issuers were tested too often in a short time.',
    remedy: 'Wait as long as Retry-After says, or use `gatehouse issuers test` on the machine itself.',
  },
  store_unavailable: {
    status: 503,
    title: 'What is kept cannot be read or written at the moment.',
    remedy:
      'Look whether it was done all the same, and try again. For the operator: the log line with this request id says why.',
  },
  internal_error: {
    status: 500,
    title: 'Something went wrong in the admin API.',
    remedy: 'For the operator: the log line with this request id has the details.',
  },
} as const;

export type ProblemCode = keyof typeof problems;

/** One thing wrong with the input: where and why. */
export interface InputFault {
  readonly path: string;
  readonly reason: string;
}

/** RFC 9457, with members of ours; a token that is refused is answered in the same form. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    request_id: z.string(),
    remedy: z.string().optional(),
    check: z.string().optional(),
    scope: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), reason: z.string() })).optional(),
  })
  .openapi('Problem');

export type Problem = z.infer<typeof problemSchema>;
type Status<Code extends ProblemCode> = (typeof problems)[Code]['status'];

export function problem<Code extends ProblemCode>(
  c: Context<AdminEnv>,
  code: Code,
  faults: readonly InputFault[] = [],
): Response & TypedResponse<Problem, Status<Code>, 'json'> {
  const { status, title, remedy } = problems[code];
  const body: Problem = {
    type: `urn:gatehouse:problem:${code}`,
    title,
    status,
    code,
    request_id: c.get('requestId'),
    remedy,
    ...(faults.length === 0 ? {} : { errors: [...faults] }),
  };
  c.set('code', code);
  return c.json(body, status as Status<Code>, { 'content-type': 'application/problem+json' });
}
