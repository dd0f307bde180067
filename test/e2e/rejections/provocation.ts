import type { RejectionCode } from '../../../src/protocol/rejection.ts';
import type { Reply } from '../../fixtures/a-raw-reply.ts';
import type { Stage } from './stage.ts';

/** Brings the program to refuse a request for one certain reason. */
export type Provocation = (stage: Stage) => Promise<Reply>;

/** For each code, by the name of what is done. */
export type Provocations = Readonly<Partial<Record<RejectionCode, Readonly<Record<string, Provocation>>>>>;
