import { problemSchema } from './problem.ts';

const answer = (description: string) =>
  ({ description, content: { 'application/problem+json': { schema: problemSchema } } }) as const;

/** What every call may be answered with, for the OpenAPI document. */
export const refusals = {
  400: answer('The input or the Authorization header is malformed.'),
  401: answer('There is no good access token of our provider for this API.'),
  403: answer('The token lacks the scope `gatehouse:admin`.'),
  421: answer('The Host is not one that the admin API is served under.'),
  500: answer('A fault of ours; the log has the details.'),
  503: answer('The store cannot be asked at the moment.'),
};

export const notFound = { 404: answer('There is no such resource.') };
export const tooMany = { 429: answer('Too often; Retry-After says when again.') };
export const conflict = { 409: answer('The resource is in a state that forbids this.') };
