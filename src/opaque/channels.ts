import { channel } from '../base/channel.ts';
import type { IntrospectionFailure } from './introspection-failure.ts';

/** A third-party issuer was asked about a token, or would have been. */
export interface TokenIntrospected {
  readonly issuerName: string;
  readonly outcome: 'active' | 'inactive' | IntrospectionFailure['code'];
  /** Milliseconds, waiting included; undefined where nothing was sent. */
  readonly duration: number | undefined;
}

/** The alarm: a third-party issuer gave no answer. No verdict on any token. */
export interface IntrospectionFailed {
  readonly issuerName: string;
  /** Without its query. */
  readonly endpoint: string;
  readonly failure: IntrospectionFailure;
  /** How many times in a row. */
  readonly failures: number;
}

/** From now on the issuer is left alone, or asked again. */
export interface IntrospectionCircuitChanged {
  readonly issuerName: string;
  readonly endpoint: string;
  readonly open: boolean;
}

/** A token passed on the strength of an earlier answer, because its issuer gives none now. */
export interface GraceGiven {
  readonly issuerName: string;
  /** Milliseconds since that answer. */
  readonly age: number;
}

export const tokensIntrospected = channel<TokenIntrospected>('gatehouse:opaque:introspected');
export const introspectionsFailed = channel<IntrospectionFailed>('gatehouse:opaque:introspection-failed');
export const introspectionCircuits = channel<IntrospectionCircuitChanged>('gatehouse:opaque:introspection-circuit');
export const gracesGiven = channel<GraceGiven>('gatehouse:opaque:grace-given');
