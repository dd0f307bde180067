import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdminDependencies } from './admin-dependencies.ts';
import { adminCalls, adminFailures } from './channels.ts';

export type ProbeDependencies = Pick<AdminDependencies, 'clock' | 'readiness'>;

interface Answer {
  readonly status: 200 | 503;
  readonly body: object;
}

/**
 * `/livez` and `/readyz`, for those who start, stop and balance processes: no token, and nothing to learn but yes or no.
 * They stand on nothing of the rest of the admin API, which is 9 MB and in many a process never asked for.
 *
 * @returns whether it was one of them
 */
export async function answerProbe(
  dependencies: ProbeDependencies,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { method = '', url = '' } = request;
  const [path = ''] = url.split('?');
  const probe = method === 'GET' || method === 'HEAD' ? probes.get(path) : undefined;
  if (probe === undefined) return false;
  const requestId = randomUUID();
  const startedAt = dependencies.clock();
  const { status, body } = await probe(dependencies, requestId);
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  });
  response.end(JSON.stringify(body));
  const durationMs = dependencies.clock() - startedAt;
  const nobody = { actor: undefined, code: undefined, facts: undefined };
  adminCalls.announce({ requestId, method, path, status, ...nobody, durationMs });
  return true;
}

const probes: ReadonlyMap<string, (dependencies: ProbeDependencies, requestId: string) => Promise<Answer>> = new Map([
  ['/livez', async () => ({ status: 200, body: { live: true } })],
  ['/readyz', judgeReadiness],
]);

/** What cannot be found out is a no. */
async function judgeReadiness({ readiness }: ProbeDependencies, requestId: string): Promise<Answer> {
  try {
    const checks = (await readiness()).map(({ name, ready }) => ({ name, ready }));
    const ready = checks.every((check) => check.ready);
    return { status: ready ? 200 : 503, body: { ready, checks } };
  } catch (error) {
    adminFailures.announce({ requestId, error });
    return { status: 503, body: { ready: false, checks: [] } };
  }
}
