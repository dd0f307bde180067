import { adminCalls, adminFailures } from '../../admin/index.ts';
import type { Listener } from './listener.ts';

export const listenToAdmin: Listener = (logger, metrics) => [
  adminCalls.listen(({ requestId, durationMs, ...call }) => {
    metrics.adminCalls.inc({ path: call.path, status: call.status });
    const level = call.status >= 500 ? 'error' : call.code === undefined ? 'info' : 'warn';
    logger[level]({ request_id: requestId, ...call, duration_ms: durationMs }, 'admin call');
  }),
  adminFailures.listen(({ requestId, error }) => {
    metrics.failures.inc({ module: 'admin' });
    logger.error({ request_id: requestId, error }, 'admin call failed');
  }),
];
