import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PinnedProcess } from './pinned-process.ts';
import type { Running } from './running.ts';
import type { Site } from './site.ts';

/** A server that stands between clients and the upstream. */
export interface System {
  readonly label: string;
  start(site: Site): Promise<Running>;
  /** Whether it refuses bad tokens. */
  readonly checksTokens: boolean;
  /** Whom it tells who is calling: the upstream, or, in its answer, whoever asks for a decision. */
  readonly tells: 'upstream' | 'asker' | 'nobody';
}

/** Programs that we wrote around a peer. */
export const peer = (file: string): string => fileURLToPath(new URL(`../peers/${file}`, import.meta.url));
export const program = fileURLToPath(new URL('../../bin/gatehouse.js', import.meta.url));

/** @param data the folder of a store to begin with. Default: an empty one */
export function startGatehouse(site: Site, data?: string): Promise<PinnedProcess> {
  return site.start(process.execPath, [program, 'start', '--config', 'gatehouse.yaml'], {
    prepare(folder) {
      if (data !== undefined) cpSync(data, join(folder, 'data'), { recursive: true });
    },
  });
}

export function gatehouse(data?: string): System {
  const start = (site: Site): Promise<Running> => startGatehouse(site, data);
  return { label: 'gatehouse', start, checksTokens: true, tells: 'upstream' };
}

export function haproxy(algorithm: 'rs256' | 'es256'): System {
  const start = (site: Site): Promise<Running> => site.start('haproxy', ['-db', '-f', `haproxy-${algorithm}.cfg`]);
  return { label: 'HAProxy', start, checksTokens: true, tells: 'nobody' };
}

export const nginxPlain: System = {
  label: 'nginx',
  start: (site) => site.start('nginx', ['-c', 'nginx-plain.conf', '-e', 'stderr']),
  checksTokens: false,
  tells: 'nobody',
};

export const fastify: System = {
  label: 'Fastify',
  start: (site) => site.start(process.execPath, [peer('fastify.ts')]),
  checksTokens: true,
  tells: 'nobody',
};
