import type { Clock, EpochMs } from '../base/clock.ts';
import type { HttpClient } from '../net/index.ts';
import { type Answer, type Asked, answered, unanswered } from './answer.ts';
import type { AnswerForm } from './answer-form.ts';
import { type ClientAuthentication, proveClient } from './client-authentication.ts';

export interface IntrospectionRequestSettings {
  readonly endpoint: string;
  /** The issuer identifier. */
  readonly issuer: string;
  readonly authentication: ClientAuthentication;
  /** Milliseconds. */
  readonly timeout: number;
}

/** Asks an issuer about a token: one exchange, at most two. */
export type AskIssuer = (token: string) => Promise<Asked>;

/** Bytes. An answer is a token's claims, and no token is longer. */
const maxBytes = 64 * 1024;

export function createIntrospectionClient(
  settings: IntrospectionRequestSettings,
  form: AnswerForm,
  http: HttpClient,
  clock: Clock,
): AskIssuer {
  return async (token) => {
    const askedAt = clock();
    const asked = await exchange(settings, form, http, token, askedAt);
    if (asked.ok || asked.failure.code !== 'connection_lost') return asked;
    // A kept connection may have been closed by the server in the same moment. To ask twice does no harm.
    const again = clock();
    const timeout = settings.timeout - (again - askedAt);
    return timeout > 0 ? exchange({ ...settings, timeout }, form, http, token, again) : asked;
  };
}

/** RFC 7662 section 2.1: in the body of a POST, so that no log on the way has the token in a URL. */
async function exchange(
  { endpoint, issuer, authentication, timeout }: IntrospectionRequestSettings,
  form: AnswerForm,
  http: HttpClient,
  token: string,
  askedAt: EpochMs,
): Promise<Asked> {
  const proof = await proveClient(authentication, issuer, askedAt);
  const answer = await http.send({
    method: 'POST',
    url: endpoint,
    headers: { accept: form.accept, 'content-type': 'application/x-www-form-urlencoded', ...proof.headers },
    body: new URLSearchParams({ ...form.parametersFor(token), ...proof.parameters }).toString(),
    timeout,
    maxBytes,
  });
  if (!answer.ok) return unanswered(answer.failure);
  const asked = await form.read(answer.value, askedAt);
  return asked.ok ? answered(withoutToken(asked.answer, token)) : asked;
}

/** Some servers repeat the token, as its own `jti` for instance. Claims are told to upstreams and logs; tokens are not. */
function withoutToken(answer: Answer, token: string): Answer {
  const { claims } = answer;
  if (claims === undefined || !Object.values(claims).includes(token)) return answer;
  const others = Object.entries(claims).filter(([, value]) => value !== token);
  return { ...answer, claims: Object.assign(Object.create(null), Object.fromEntries(others)) };
}
