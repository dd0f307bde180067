import type { IncomingMessage, ServerResponse } from 'node:http';
import { monotonicClock } from '../base/clock.ts';
import type { AdminDependencies } from './admin-dependencies.ts';
import { authenticate } from './authenticate.ts';
import { createApp, listenerOf } from './create-app.ts';
import { apiEndpoints } from './endpoints/api-endpoints.ts';
import { auditEndpoint } from './endpoints/audit-endpoint.ts';
import { clientEndpoints } from './endpoints/client-endpoints.ts';
import { describeProbes } from './endpoints/describe-probes.ts';
import { explainEndpoint } from './endpoints/explain-endpoint.ts';
import { followEndpoint } from './endpoints/follow-endpoint.ts';
import { gatewayReportEndpoints } from './endpoints/gateway-endpoints.ts';
import { gatewayListEndpoint } from './endpoints/gateway-list-endpoint.ts';
import { issuerEndpoints } from './endpoints/issuer-endpoints.ts';
import { issuerTestEndpoint } from './endpoints/issuer-test-endpoint.ts';
import { keyEndpoints } from './endpoints/key-endpoints.ts';
import { metricsEndpoint } from './endpoints/metrics-endpoint.ts';
import { openapiEndpoint } from './endpoints/openapi-endpoint.ts';
import { revocationEndpoints } from './endpoints/revocation-endpoints.ts';
import { tokenEndpoints } from './endpoints/token-endpoints.ts';
import { Followers } from './following/followers.ts';
import { guardHost } from './guard-host.ts';
import { limitBody } from './limit-body.ts';

export interface AdminOptions {
  /** Host names that the admin API is served under besides loopback ones. Default: none. */
  readonly hosts?: readonly string[] | undefined;
  /** Whether /metrics needs a token like everything else, or none. Default `token`. */
  readonly metrics?: 'token' | 'open' | undefined;
}

export interface Admin {
  /** For a server of node:http, which the caller opens. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Ends the streams, which would go on for ever. What else is under way finishes by itself. */
  close(): void;
}

/**
 * The admin API. What stands above `authenticate` answers everybody, or gateways that follow from afar; what stands
 * below only our operators.
 */
export function createAdmin(options: AdminOptions, dependencies: AdminDependencies): Admin {
  const app = createApp(dependencies.clock);
  describeProbes(app);
  app.use(guardHost(options.hosts ?? []));
  if (options.metrics === 'open') metricsEndpoint(app, dependencies);

  const followers = new Followers(dependencies.revocations.log, monotonicClock);
  followEndpoint(app, dependencies, followers);
  gatewayReportEndpoints(app, dependencies);

  app.use(authenticate(dependencies));
  app.use(limitBody);
  if (options.metrics !== 'open') metricsEndpoint(app, dependencies);
  issuerEndpoints(app, dependencies);
  issuerTestEndpoint(app, dependencies);
  apiEndpoints(app, dependencies);
  revocationEndpoints(app, dependencies);
  gatewayListEndpoint(app, dependencies);
  explainEndpoint(app, dependencies);
  auditEndpoint(app, dependencies);
  if (dependencies.provider !== undefined) {
    clientEndpoints(app, dependencies.provider, dependencies.audit);
    tokenEndpoints(app, dependencies.provider, dependencies.audit);
    keyEndpoints(app, dependencies.provider, dependencies);
  }
  openapiEndpoint(app);

  return Object.freeze({
    handler: listenerOf(app),
    close: () => followers.close(),
  });
}
