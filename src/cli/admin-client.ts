import { readFile } from 'node:fs/promises';
import { adminSecretFile, type Config } from '../config/index.ts';
import { createHttpClient, jsonDocument } from '../net/index.ts';
import { adminAudience, adminScope, bootstrapClientId } from '../protocol/admin-access.ts';
import { CommandFailure } from './command-failure.ts';
import { noAnswer } from './no-answer.ts';
import { requestToken } from './request-token.ts';

/** The admin API of the running program, called as the bootstrap client. */
export interface AdminClient {
  get<Answer>(path: string): Promise<Answer>;
  /** @param takesMs how long the program may need for it besides the usual; 0 by default */
  post<Answer>(path: string, body: object, takesMs?: number): Promise<Answer>;
}

/** @throws CommandFailure where the program does not run, or does not let us in */
export async function adminClient(config: Config): Promise<AdminClient> {
  const { provider, admin, store } = config;
  if (store.kind === 'none')
    throw new CommandFailure(
      'a gateway without a store has no admin API. Remedy: run this at the hub that it follows, on its configuration',
    );
  if (provider === undefined)
    throw new CommandFailure(
      'the configuration has no `provider`, whose tokens the admin API takes. Remedy: add `provider: { issuer: http://127.0.0.1:8081 }` and restart the program; if it runs on another configuration, name that by --config',
    );
  const token = await requestToken({
    issuer: provider.issuer,
    client: bootstrapClientId,
    secret: admin.secret?.reveal() ?? (await readSecretFile(adminSecretFile(store))),
    resource: adminAudience,
    scope: adminScope,
  });
  const base = `http://${hostOf(admin.listen.host)}:${admin.listen.port}`;
  return {
    get: (path) => callAdmin({ method: 'GET', url: base + path, token, body: undefined, takesMs: 0 }),
    post: (path, body, takesMs = 0) => callAdmin({ method: 'POST', url: base + path, token, body, takesMs }),
  };
}

async function readSecretFile(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(
      `cannot read the admin client's secret: ${reason}. Remedy: run this where, and as who, the program was started; or set admin.secret`,
    );
  }
}

/** A listener on every address is reached on loopback. */
function hostOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

interface AdminCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly token: string;
  readonly body: object | undefined;
  readonly takesMs: number;
}

/** Milliseconds for a call that waits for nothing. */
const usualTimeout = 10_000;

async function callAdmin<Answer>({ method, url, token, body, takesMs }: AdminCall): Promise<Answer> {
  const http = createHttpClient({ timeout: usualTimeout + takesMs });
  const answer = await http.send({
    method,
    url,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await http.close();
  if (!answer.ok) throw noAnswer(`the admin API at ${url}`, answer.failure);
  const document = jsonDocument(answer.value);
  if (!document.ok) throw noAnswer(`the admin API at ${url}`, document.failure);
  if (answer.value.status < 300) return document.value.value as Answer;
  throw new CommandFailure(`the admin API refused: ${whatIsWrong(document.value.value)}`);
}

interface ProblemDetails {
  readonly title?: string;
  readonly remedy?: string;
  readonly errors?: readonly { readonly path?: string; readonly reason?: string }[];
}

/** RFC 9457: what was wrong with the input, where that is told; else what was wrong at all. */
function whatIsWrong(problem: unknown): string {
  const { title = 'no reason given.', remedy = "see the program's log.", errors = [] } = problem as ProblemDetails;
  if (errors.length === 0) return `${title} Remedy: ${remedy}`;
  return errors.map(({ path, reason }) => `${path ?? 'the input'}: ${reason ?? 'is wrong'}`).join('; ');
}
