import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What is not from npm: how it is recognised, and the Debian package that has it. */
const tools = {
  taskset: { isThere: () => runs('taskset', '--version'), package: 'util-linux' },
  wrk: { isThere: () => runs('wrk', '--version'), package: 'wrk' },
  nginx: { isThere: () => runs('nginx', '-v'), package: 'nginx' },
  haproxy: { isThere: () => runs('haproxy', '-v'), package: 'haproxy' },
  h2load: { isThere: () => runs('h2load', '--version'), package: 'nghttp2-client' },
  apache2: { isThere: () => existsSync(oauth2Module), package: 'apache2 libapache2-mod-oauth2' },
} as const;

export type Tool = keyof typeof tools;

const oauth2Module = '/usr/lib/apache2/modules/mod_oauth2.so';

function runs(command: string, flag: string): boolean {
  return spawnSync(command, [flag]).error === undefined;
}

/** @returns those of the tools that this machine does not have */
export function missing(needed: readonly Tool[]): readonly Tool[] {
  return needed.filter((tool) => !tools[tool].isThere());
}

/** The command that brings them. */
export function howToGet(absent: readonly Tool[]): string {
  return `apt-get install ${absent.map((tool) => tools[tool].package).join(' ')}`;
}
