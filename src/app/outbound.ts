import type { Config } from '../config/index.ts';
import { createHttpClient, HttpOptionsInvalid, type StreamingHttpClient } from '../net/index.ts';
import { StartupFailure } from './listener.ts';
import { present } from './present.ts';
import { proxyChoice } from './proxy-choice.ts';

/**
 * By what issuers and other providers are called.
 *
 * @param patience milliseconds that each exchange may take, where that is not as configured
 * @throws StartupFailure where the CA file or the proxy cannot be used
 */
export function outboundClient({ outbound: settings }: Config, patience?: number): StreamingHttpClient {
  const { timeout: usual, ca, noProxy } = settings;
  const timeout = patience ?? usual;
  try {
    return createHttpClient(present({ timeout, caFile: ca, proxy: proxyChoice(settings), noProxy }));
  } catch (error) {
    if (!(error instanceof HttpOptionsInvalid)) throw error;
    throw new StartupFailure(`outbound requests cannot be made: ${error.message}. Remedy: ${error.remedy}`);
  }
}
