import type { Question } from '../harness/question.ts';
import { againstFastify } from './against-fastify.ts';
import { againstPlainNginx } from './against-plain-nginx.ts';
import { coldVerification } from './cold-verification.ts';
import { crowd } from './crowd.ts';
import { decideAgainstProxy } from './decide-against-proxy.ts';
import { es256AgainstHaproxy } from './es256-against-haproxy.ts';
import { garbageStrangers } from './garbage-strangers.ts';
import { idleMemory } from './idle-memory.ts';
import { issuance } from './issuance.ts';
import { latencyAgainstHaproxy } from './latency-against-haproxy.ts';
import { newStrangers } from './new-strangers.ts';
import { opaqueAgainstAuthRequest } from './opaque-against-auth-request.ts';
import { opaqueAgainstJwt } from './opaque-against-jwt.ts';
import { opaqueAgainstModOauth2 } from './opaque-against-mod-oauth2.ts';
import { rs256AgainstHaproxy } from './rs256-against-haproxy.ts';
import { startToReady } from './start-to-ready.ts';
import { twoWorkers } from './two-workers.ts';
import { warmDecision } from './warm-decision.ts';

/** In the order of the table. */
export const questions: readonly Question[] = [
  rs256AgainstHaproxy,
  es256AgainstHaproxy,
  againstFastify,
  againstPlainNginx,
  opaqueAgainstJwt,
  opaqueAgainstModOauth2,
  opaqueAgainstAuthRequest,
  decideAgainstProxy,
  warmDecision,
  coldVerification,
  latencyAgainstHaproxy,
  twoWorkers,
  newStrangers,
  garbageStrangers,
  issuance,
  crowd,
  idleMemory,
  startToReady,
];
