import { type Config, type IssuerConfig, type SignalReceiverConfig, signalSubjects } from '../config/index.ts';
import type { Issuer, IssuerOptions, IssuerRegistry } from '../issuers/index.ts';
import { type Receiver, signalEventNames, signalProfiles } from '../signals/index.ts';
import type { Generation } from './generation.ts';
import { present } from './present.ts';

/** Keys of transmitters that have others than the issuer whose tokens die, as an issuer has its keys. */
export function transmitterKeys(config: Config): Readonly<Record<string, IssuerOptions>> {
  const receivers = config.signals?.receivers ?? [];
  return Object.fromEntries(
    receivers.flatMap((receiver) => {
      const { issuers, jwksUri } = transmitterOf(receiver, issuerConfig(config, receiver));
      if (jwksUri === undefined) return [];
      const [issuer = jwksUri] = issuers ?? [];
      return [[receiver.name, { preset: 'oidc' as const, issuer, jwksUri }]];
    }),
  );
}

/** The receivers as src/signals wants them. */
export function signalReceivers(
  { config, vouchers }: Pick<Generation, 'config' | 'vouchers'>,
  keys: IssuerRegistry,
): readonly Receiver[] {
  return (config.signals?.receivers ?? []).flatMap((receiver) => {
    const [issuer] = vouchers.registry.named(receiver.issuer);
    return issuer === undefined ? [] : receiverOf(receiver, issuerConfig(config, receiver), issuer, keys);
  });
}

function receiverOf(
  receiver: SignalReceiverConfig,
  config: IssuerConfig | undefined,
  issuer: Issuer,
  keys: IssuerRegistry,
): Receiver | [] {
  if (config === undefined) return [];
  const { name, transmitter, events, logout, globalRevocation } = receiver;
  const { formats, sessionInTokens } = signalSubjects(receiver, config);
  const { expectation } = issuer;
  return Object.freeze({
    name,
    issuer,
    trust: {
      issuers: transmitterOf(receiver, config).issuers ?? expectation.issuers,
      algorithms: transmitter.algorithms ?? expectation.algorithms,
      leewaySeconds: expectation.leewaySeconds,
      keys: keys.named(name)[0]?.keys ?? issuer.keys,
    },
    subjects: { formats: new Set(formats), sessionInTokens },
    events: new Set(events ?? signalEventNames),
    sets: setRules(receiver, config),
    logout,
    globalRevocation: globalRevocation && {
      audiences: globalRevocation.audience,
      callers: globalRevocation.callers,
    },
  });
}

function setRules(receiver: SignalReceiverConfig, { preset }: IssuerConfig): Receiver['sets'] {
  const { audience, typ, push, poll } = receiver;
  if (audience === undefined || (push === undefined && poll === undefined)) return undefined;
  return {
    audiences: audience,
    types: typ?.map(typeOf) ?? signalProfiles[preset].setTypes,
    push: push && { authorization: push.authorization?.reveal() },
    poll: poll && { ...poll, token: poll.token?.reveal() },
  };
}

function typeOf(typ: string): string | undefined {
  return typ === 'none' ? undefined : typ.toLowerCase().replace(/^application\//, '');
}

/** What is configured counts, then what is the same for all who use the provider. */
function transmitterOf({ transmitter }: SignalReceiverConfig, config: IssuerConfig | undefined) {
  const known = config && signalProfiles[config.preset].transmitter;
  return present({ issuers: transmitter.issuer ?? known?.issuers, jwksUri: transmitter.jwksUri ?? known?.jwksUri });
}

function issuerConfig({ issuers }: Config, { issuer }: SignalReceiverConfig): IssuerConfig | undefined {
  return issuers.find(({ name }) => name === issuer);
}
