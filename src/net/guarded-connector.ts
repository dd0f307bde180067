import type * as undici from 'undici';
import { guardedLookup, type Resolver } from './guarded-lookup.ts';
import { buildConnector } from './undici.ts';

export interface ConnectorSettings {
  /** Milliseconds. */
  readonly timeout: number;
  /** Certificate authorities, PEM; undefined: Node's own. */
  readonly ca: string[] | undefined;
}

/** Makes undici's connections, to names whose addresses may be connected to. Addresses in URLs: see admit-url.ts. */
export function guardedConnector(
  { timeout, ca }: ConnectorSettings,
  resolve: Resolver,
  loopbackAllowed: boolean,
): undici.buildConnector.connector {
  const connectorFor = (protocol: string): undici.buildConnector.connector =>
    buildConnector({
      timeout,
      lookup: guardedLookup(resolve, { protocol, loopbackAllowed }),
      ...(ca === undefined ? {} : { ca }),
    });
  const secure = connectorFor('https:');
  const plain = connectorFor('http:');
  return (options, callback) => (options.protocol === 'https:' ? secure : plain)(options, callback);
}
