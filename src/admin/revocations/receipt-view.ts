import { z } from '@hono/zod-openapi';
import type { GatewayReceipt, Receipt } from '../../revocation/index.ts';

const gatewaySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(['applied', 'pending', 'silent']).openapi({
      description:
        '`applied`: it lets in no more what was revoked. `silent`: nothing was heard of it for its whole lease, and it ' +
        'refuses by itself until it has caught up. `pending`: neither.',
    }),
    after_ms: z.number().optional().openapi({
      description: 'From when the revocation was durable until it was known that the gateway has applied it.',
    }),
    silent_ms: z.number().openapi({ description: 'Since it was last heard of.' }),
  })
  .openapi('GatewayReceipt');

export const gatewaysSchema = z.array(gatewaySchema);

export const receiptSchema = z
  .object({
    complete: z.boolean().openapi({ description: 'Whether no gateway is pending, and none may be unknown.' }),
    waited_ms: z.number(),
    gateways: gatewaysSchema,
  })
  .openapi('Receipt');

export function describeReceipt({ complete, waitedMs, gateways }: Receipt): z.infer<typeof receiptSchema> {
  return { complete, waited_ms: rounded(waitedMs), gateways: gateways.map(describeGateway) };
}

export function describeGateway({ id, name, state, afterMs, silentMs }: GatewayReceipt): z.infer<typeof gatewaySchema> {
  return {
    id,
    name,
    state,
    ...(afterMs === undefined ? {} : { after_ms: rounded(afterMs) }),
    silent_ms: rounded(silentMs),
  };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
