import { z } from '@hono/zod-openapi';
import { clientAuthentications, grantTypes, type NewClient, type RegisteredClient } from '../../provider/index.ts';
import { isoTime, textSchema } from '../wire.ts';

const uris = z.array(z.string().min(1).max(2048)).max(100);
const names = z.array(textSchema).max(1000);

const jwks = z
  .object({ keys: z.array(z.looseObject({ kty: z.string() })).max(20) })
  .openapi({ description: 'Public keys (RFC 7517): the client authenticates with private_key_jwt.' });

export const newClient = z
  .strictObject({
    id: textSchema.optional().openapi({ description: 'Default: a random one.' }),
    authentication: z
      .enum(clientAuthentications)
      .default('secret')
      .openapi({ description: '`secret`: one is made and shown once in the answer.' }),
    jwks: jwks.optional(),
    name: textSchema.optional(),
    grants: z.array(z.enum(grantTypes)),
    scopes: names.optional(),
    apis: names.optional(),
    redirect_uris: uris.optional(),
    post_logout_redirect_uris: uris.optional(),
    native: z.boolean().optional(),
    introspects: names.optional(),
  })
  .refine(({ authentication, jwks: keys }) => (authentication === 'private_key_jwt') === (keys !== undefined), {
    error: 'are for the authentication private_key_jwt, which needs them',
    path: ['jwks'],
  })
  .openapi('NewClient');

export const clientSchema = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    source: z
      .enum(['configuration', 'admin'])
      .openapi({ description: 'Where it was registered, and where alone it can be changed.' }),
    authentication: z.enum(clientAuthentications),
    jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).nullable(),
    grants: z.array(z.enum(grantTypes)),
    scopes: z.array(z.string()),
    apis: z.array(z.string()).nullable(),
    redirect_uris: z.array(z.string()),
    post_logout_redirect_uris: z.array(z.string()),
    native: z.boolean(),
    introspects: z.array(z.string()),
    created_at: z.string(),
  })
  .openapi('Client');

/** @param id of the client, also where the form leaves it to us */
export function optionsOf(id: string, form: z.output<typeof newClient>): NewClient {
  return {
    id,
    authentication: form.authentication,
    jwks: form.jwks,
    name: form.name,
    grants: form.grants,
    scopes: form.scopes,
    apis: form.apis,
    redirectUris: form.redirect_uris,
    postLogoutRedirectUris: form.post_logout_redirect_uris,
    native: form.native,
    introspects: form.introspects,
  };
}

/** The hash of the secret is left out: nobody needs it, and it could be searched for. */
export function describeClient(client: RegisteredClient, isConfigured: boolean): z.infer<typeof clientSchema> {
  return {
    id: client.id,
    name: client.name ?? null,
    source: isConfigured ? 'configuration' : 'admin',
    authentication: client.authentication,
    jwks: client.jwks === undefined ? null : { keys: client.jwks.keys.map((key) => ({ ...key })) },
    grants: [...client.grants],
    scopes: [...client.scopes],
    apis: client.apis === undefined ? null : [...client.apis],
    redirect_uris: [...client.redirectUris],
    post_logout_redirect_uris: [...client.postLogoutRedirectUris],
    native: client.native,
    introspects: [...client.introspects],
    created_at: isoTime(client.createdAt),
  };
}
