import type { ServerResponse } from 'node:http';
import { StoreUnavailable, storeRetryAfterSeconds } from '../../base/store-unavailable.ts';
import { providerFailed } from '../channels.ts';
import { errorPage, temporarilyUnavailable } from '../pages/error-page.ts';
import { sendPage } from './visit.ts';

const failed = errorPage('server_error', 'Something went wrong here.');
const unavailable = errorPage(temporarilyUnavailable.error, temporarilyUnavailable.error_description);

/** The page for what went wrong on our side, which is announced. */
export function answerFailure(response: ServerResponse, error: unknown): void {
  providerFailed.announce({ where: 'interaction', error });
  if (response.headersSent) return;
  if (error instanceof StoreUnavailable) {
    sendPage(response.setHeader('retry-after', storeRetryAfterSeconds), 503, unavailable);
  } else {
    sendPage(response, 500, failed);
  }
}
