import type { ServerResponse } from 'node:http';
import { sendJson, sendText } from './exchange.ts';
import type { LabIssuer } from './lab-issuer.ts';

/** @returns whether the issuer's fault has taken care of the answer */
export function misbehave({ fault }: LabIssuer, response: ServerResponse): boolean {
  if (fault === 'down') response.socket?.resetAndDestroy();
  else if (fault === 'error') sendJson(response, 500, { error: 'server_error' });
  else if (fault === 'html') sendText(response, 200, 'text/html', '<!doctype html><title>Sign in</title>');
  // A slow one never answers; whoever asks gives up first.
  else return fault === 'slow';
  return true;
}
