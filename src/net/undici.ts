import { createRequire } from 'node:module';
import type * as undici from 'undici';

const require = createRequire(import.meta.url);

// As the index does: the methods `request` and `connect` are put to all dispatchers.
Object.assign(require('undici/lib/dispatcher/dispatcher.js').prototype, require('undici/lib/api/index.js'));

/**
 * The parts of undici that are used, one by one: its index loads fetch, WebSocket, caches and mocks as well, for 5 MB and a
 * tenth of a start. See docs/decisions/005-http-client.md.
 */
export const Agent: typeof undici.Agent = require('undici/lib/dispatcher/agent.js');
export const ProxyAgent: typeof undici.ProxyAgent = require('undici/lib/dispatcher/proxy-agent.js');
export const buildConnector: typeof undici.buildConnector = require('undici/lib/core/connect.js');
