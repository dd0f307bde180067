import type { Question } from '../harness/question.ts';
import { againstPlainNginx } from './against-plain-nginx.ts';
import { es256AgainstHaproxy } from './es256-against-haproxy.ts';
import { rs256AgainstHaproxy } from './rs256-against-haproxy.ts';

/** In the order of the table. */
export const questions: readonly Question[] = [rs256AgainstHaproxy, es256AgainstHaproxy, againstPlainNginx];
