import { createHash, randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { listen, StartupFailure } from '../app/index.ts';
import type { Config } from '../config/index.ts';
import { prepareDemoFiles } from './demo-files.ts';
import { demoGuide } from './demo-guide.ts';
import { createDemoUpstream } from './demo-upstream.ts';
import { ownCommand } from './own-command.ts';
import { type Lab, startLab } from './start-lab.ts';

/** What stands beside Gatehouse in the demo. */
export interface Demo {
  readonly logFile: string;
  /** Opens the upstream and the identity provider that the configuration names; returns the guide. */
  open(config: Config): Promise<string>;
  close(): Promise<void>;
}

export async function startDemo(configFile: string): Promise<Demo> {
  await prepareDemoFiles(configFile);
  const logFile = join('data', 'gatehouse.log');
  let upstream: Server | undefined;
  let lab: Lab | undefined;
  return {
    logFile,
    async open(config) {
      const { upstreamUrl, labUrl } = neighbours(config);
      upstream = createDemoUpstream();
      await listen(upstream, addressOf(upstreamUrl), `apis.${config.apis[0]?.name}.upstream`);
      lab = await startLab({ listen: addressOf(labUrl) });
      const outside = { lab: labUrl, upstream: upstreamUrl, configFile, logFile };
      return demoGuide({ ...places(config), ...outside, command: ownCommand, pkce: pkce() });
    },
    async close() {
      upstream?.closeAllConnections();
      upstream?.close();
      await lab?.close();
    },
  };
}

function neighbours({ apis, issuers }: Config): { readonly upstreamUrl: string; readonly labUrl: string } {
  const upstreamUrl = apis[0]?.upstream.url;
  const labUrl = issuers.find((issuer) => issuer.name === 'lab')?.issuer;
  if (upstreamUrl !== undefined && labUrl !== undefined) return { upstreamUrl, labUrl };
  throw new StartupFailure(
    'the demo needs an API and an issuer named `lab`, and the configuration has not both. Remedy: start without --demo',
  );
}

function addressOf(url: string): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

function places({ gateway, provider, admin, clients }: Config) {
  const url = ({ host, port }: { host: string; port: number }): string => `http://${host}:${port}`;
  const [redirectUri = ''] = clients.flatMap((client) => client.redirectUris ?? []);
  return { gateway: url(gateway.listen), provider: provider?.issuer ?? '', admin: url(admin.listen), redirectUri };
}

function pkce(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}
