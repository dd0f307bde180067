import { z } from 'zod';
import { accountSchema } from './account-schema.ts';
import { apisSchema } from './api-schema.ts';
import { clientSchema } from './client-schema.ts';
import { consumersSchema } from './consumer-schema.ts';
import { gatewaySchema } from './gateway-schema.ts';
import { issuersSchema } from './issuer-schema.ts';
import { adminSchema, logSchema, outboundSchema, revocationSchema, storeSchema } from './operation-schemas.ts';
import { providerSchema } from './provider-schema.ts';
import { signalsSchema } from './signals-schema.ts';

/** The configuration file. What is not here is refused, so every option that exists does something. */
export const configSchema = z.strictObject({
  gateway: gatewaySchema.prefault({}).describe('The gate itself.'),
  provider: providerSchema.optional().describe('Our own authorization server. Default: none.'),
  admin: adminSchema.prefault({}).describe('The admin API. Read at start only.'),
  signals: signalsSchema
    .optional()
    .describe('What issuers say of their tokens, and whom we tell of ours. Default: nothing.'),
  store: storeSchema
    .prefault('sqlite:./data/gatehouse.db')
    .describe(
      'Where keys, tokens, revocations and the audit log are kept; `none` for an edge gateway. Read at start only.',
    ),
  issuers: issuersSchema.prefault({}).describe('Federated identity providers, by a name of your own.'),
  consumers: consumersSchema
    .prefault({})
    .describe('Those who call, by a name of your own, whichever issuer gave them their tokens.'),
  apis: apisSchema.describe('The protected APIs, by a name of your own.'),
  clients: z.array(clientSchema).default([]).describe('Applications that the provider issues tokens to.'),
  accounts: z.array(accountSchema).default([]).describe('People who can sign in at the provider.'),
  revocation: revocationSchema.prefault({}).describe('How closely revocations are followed. Read at start only.'),
  outbound: outboundSchema.prefault({}).describe('How issuers are called. Read at start only.'),
  log: logSchema.prefault({}).describe('The log. Read at start only.'),
});
