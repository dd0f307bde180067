import { fileURLToPath } from 'node:url';
import type { PinnedProcess } from './pinned-process.ts';
import type { Site } from './site.ts';

/** A server that stands between clients and the upstream. */
export interface System {
  readonly name: string;
  start(site: Site): Promise<PinnedProcess>;
  /** Whether it refuses bad tokens. */
  readonly checksTokens: boolean;
  /** Whether it tells the upstream who is calling. */
  readonly tellsCaller: boolean;
}

const program = fileURLToPath(new URL('../../bin/gatehouse.js', import.meta.url));

export const gatehouse: System = {
  name: 'gatehouse',
  start: (site) => site.startPeer(process.execPath, [program, 'start', '--config', 'gatehouse.yaml']),
  checksTokens: true,
  tellsCaller: true,
};

export const haproxyRs256 = haproxy('haproxy-rs256.cfg');
export const haproxyEs256 = haproxy('haproxy-es256.cfg');

function haproxy(config: string): System {
  return {
    name: 'haproxy',
    start: (site) => site.startPeer('haproxy', ['-db', '-f', config]),
    checksTokens: true,
    tellsCaller: false,
  };
}

export const nginxPlain: System = {
  name: 'nginx',
  start: (site) => site.startPeer('nginx', ['-c', 'nginx-plain.conf', '-e', 'stderr']),
  checksTokens: false,
  tellsCaller: false,
};
