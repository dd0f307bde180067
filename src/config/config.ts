import type { z } from 'zod';
import type { configSchema } from './schema/config-schema.ts';
import type { Secret } from './secret.ts';

/** Leaves maps of names to anything as they are: claims and keys are of any shape. */
type DeepReadonly<Value> = Value extends Secret | string | number | boolean | null | undefined
  ? Value
  : string extends keyof Value
    ? Readonly<Value>
    : { readonly [Member in keyof Value]: DeepReadonly<Value[Member]> };

/** The configuration as the program sees it: frozen, durations in milliseconds, sizes in bytes, secrets wrapped. */
export type Config = DeepReadonly<z.output<typeof configSchema>>;

export type IssuerConfig = Config['issuers'][number];
export type ApiConfig = Config['apis'][number];
export type ClientConfig = Config['clients'][number];
export type SignalReceiverConfig = NonNullable<Config['signals']>['receivers'][number];
