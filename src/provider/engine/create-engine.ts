import type { IncomingMessage, ServerResponse } from 'node:http';
import { registerExchangeGrants } from '../exchange/register-exchange-grants.ts';
import type { LoadedKey } from '../loaded-key.ts';
import type { Services } from '../services.ts';
import { announceEvents } from './announce.ts';
import { answerEndpoints } from './answer-endpoints.ts';
import { answerUnavailable } from './answer-unavailable.ts';
import { configuration } from './configuration.ts';
import { Provider } from './library.ts';
import { limitGuesses } from './limit-guesses.ts';
import { recordTokens } from './record-tokens.ts';
import { recordSessionOrigin } from './session-origin.ts';

/**
 * One instance of the library. It takes its keys and settings when it is made, so that a rotation or a reload makes
 * another; requests that are under way end on the old one. Everything that lasts is in the stores.
 */
export interface Engine {
  readonly oidc: Provider;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export function createEngine(services: Services, keys: readonly LoadedKey[], current: LoadedKey): Engine {
  const oidc = new Provider(services.issuer, configuration(services, keys, current));
  // Believes what create-handler.ts says of the scheme and the host, and nobody else.
  oidc.proxy = true;
  announceEvents(oidc);
  answerUnavailable(oidc);
  recordTokens(oidc, services, current.id);
  recordSessionOrigin(oidc);
  limitGuesses(oidc, services);
  answerEndpoints(oidc, services);
  registerExchangeGrants(oidc, services, current);
  return Object.freeze({ oidc, handle: oidc.callback() });
}
