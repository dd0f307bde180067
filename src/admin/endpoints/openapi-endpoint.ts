import { adminAudience, adminScope } from '../../protocol/admin-access.ts';
import type { AdminApp } from '../admin-env.ts';

const description = `Every call but the probes needs an access token of our own provider, \
for the resource \`${adminAudience}\` with the scope \`${adminScope}\`, as \`Authorization: Bearer\`. \
What is refused is answered as \`application/problem+json\` (RFC 9457).`;

/** The document that describes everything registered before it. */
export function openapiEndpoint(app: AdminApp): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Gatehouse admin API', version: '1', description },
    security: [{ bearer: [] }],
  });
}
