import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { parseStrictJson } from '../../base/strict-json.ts';
import { answer } from '../endpoints/answer.ts';
import { readBody } from '../endpoints/read-body.ts';
import { ssfConfiguration, ssfPaths } from './ssf-configuration.ts';
import type { StreamOptions } from './stream.ts';
import { StreamRunner, type TransmitDependencies } from './stream-runner.ts';
import { Verifications } from './verification.ts';

/** Tells others of our own revocations (Shared Signals Framework 1.0, transmitter). */
export interface Transmitter {
  /** Answers what is below our provider's origin; false for a path that is not the transmitter's. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Begins to tell. */
  start(): void;
  stop(): Promise<void>;
  /** Streams that did not change go on as they are. */
  reload(streams: readonly StreamOptions[]): void;
}

interface Running {
  readonly stream: StreamOptions;
  readonly runner: StreamRunner;
}

export function createTransmitter(initial: readonly StreamOptions[], dependencies: TransmitDependencies): Transmitter {
  const verifications = new Verifications(dependencies);
  const stopping = new Set<Promise<void>>();
  let streams = initial;
  let running: readonly Running[] | undefined;

  function run(stream: StreamOptions): Running {
    const same = running?.find((one) => isDeepStrictEqual(one.stream, stream));
    if (same !== undefined) return same;
    const runner = new StreamRunner(stream, dependencies);
    runner.start();
    return { stream, runner };
  }

  function letGo({ runner }: Running): void {
    const stopped = runner.stop().finally(() => stopping.delete(stopped));
    stopping.add(stopped);
  }

  return Object.freeze<Transmitter>({
    handle(request, response) {
      const path = request.url?.split('?', 1)[0];
      if (streams.length === 0) return false;
      if (path === ssfPaths.configuration) sendConfiguration(request, response, dependencies.signer.issuer);
      else if (path === ssfPaths.verification) void takeVerification(request, response, verifications, streams);
      else return false;
      return true;
    },
    start() {
      running = streams.map(run);
    },
    async stop() {
      verifications.stop();
      for (const one of running ?? []) letGo(one);
      running = undefined;
      await Promise.all(stopping);
    },
    reload(next) {
      streams = next;
      if (running === undefined) return;
      const before = running;
      running = streams.map(run);
      for (const one of before) if (!running.includes(one)) letGo(one);
    },
  });
}

function sendConfiguration({ method }: IncomingMessage, response: ServerResponse, issuer: string): void {
  const isRead = method === 'GET' || method === 'HEAD';
  if (isRead) answer(response, 200, ssfConfiguration(issuer), { 'cache-control': 'public, max-age=300' });
  else answer(response, 405, undefined, { allow: 'GET' });
}

async function takeVerification(
  request: IncomingMessage,
  response: ServerResponse,
  verifications: Verifications,
  streams: readonly StreamOptions[],
): Promise<void> {
  const [, token] = /^Bearer ([^\s,]+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const body = await readBody(request, 'application/json').catch(() => undefined);
  if (body === undefined) return void response.destroy();
  const json = body.ok ? parseStrictJson(body.value) : undefined;
  const status = json?.ok === true ? verifications.ask(streams, token, json.value) : 400;
  const headers = {
    ...(status === 429 && { 'retry-after': '10' }),
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    ...(status === 400 && { connection: 'close' }),
  };
  answer(response, status, undefined, headers);
}
