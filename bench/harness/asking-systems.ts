import { cores } from './pinned-process.ts';
import { ports } from './ports.ts';
import type { Running } from './running.ts';
import type { Site, TokenSupply } from './site.ts';
import { peer, type System } from './systems.ts';

/** Asks an introspection endpoint for each request; that endpoint is no part of what is measured. */
export function modOauth2(tokens: TokenSupply): System {
  const start = (site: Site): Promise<Running> =>
    besides(startIntrospection(site, tokens), () => site.start('apache2', apacheArgs));
  return { label: 'mod_oauth2', start, checksTokens: true, tells: 'nobody' };
}

/** nginx and the service that it asks share the core, as they would share a machine. */
export function authRequest(tokens: TokenSupply): System {
  const start = (site: Site): Promise<Running> =>
    besides(startIntrospection(site, tokens), async () => {
      const service = await site.start(process.execPath, [peer('introspecting-service.ts')], { port: ports.service });
      const nginx = await orStop(service, () => site.start('nginx', ['-c', 'nginx-auth-request.conf', '-e', 'stderr']));
      return { pids: [...service.pids, ...nginx.pids], stop: () => stopAll([nginx, service]) };
    });
  return { label: 'auth_request', start, checksTokens: true, tells: 'nobody' };
}

const apacheArgs = ['-d', '.', '-f', 'apache-mod-oauth2.conf', '-D', 'FOREGROUND'];

function startIntrospection(site: Site, { file }: TokenSupply): Promise<Running> {
  const options = { core: cores.rest, port: ports.introspection };
  return site.start(process.execPath, [peer('introspection-endpoint.ts'), file], options);
}

/** Stops the helper together with the system, and does not count it. */
async function besides(helping: Promise<Running>, start: () => Promise<Running>): Promise<Running> {
  const helper = await helping;
  const system = await orStop(helper, start);
  return { pids: system.pids, stop: () => stopAll([system, helper]) };
}

async function orStop<Started>(helper: Running, start: () => Promise<Started>): Promise<Started> {
  try {
    return await start();
  } catch (error) {
    await helper.stop();
    throw error;
  }
}

async function stopAll(running: readonly Running[]): Promise<void> {
  for (const each of running) await each.stop();
}
