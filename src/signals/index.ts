export {
  pollFailed,
  revocationTold,
  revocationUntold,
  type SignalPath,
  signalRefused,
  signalsFailed,
  signalTaken,
  streamFailed,
  streamVerified,
} from './channels.ts';
export { createSignals, type Signals, type SignalsOptions } from './create-signals.ts';
export type { SignalsDependencies } from './dependencies.ts';
export { type SignalEventName, signalEventNames } from './events/event-types.ts';
export type { EndedSignIns, SignalEffects, SignalMemory } from './ports.ts';
export { type Receiver, type SubjectFormat, subjectFormats } from './receiver.ts';
export { type SignalProfile, signalProfiles } from './signal-profiles.ts';
export { type SignalRefusal, type SignalRefusalCode, signalRefusalKind, signalRefusalKinds } from './signal-refusal.ts';
export { createTransmitter, type Transmitter } from './transmit/create-transmitter.ts';
export { type StreamOptions, type TransmittedEvent, transmittedEvents } from './transmit/stream.ts';
export type { TransmitDependencies } from './transmit/stream-runner.ts';
export type { StreamStore } from './transmit/stream-store.ts';
