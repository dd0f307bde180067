import { channel } from '../base/channel.ts';

/** An API went on by what was known, though revocations may have been missed: it serves while they are stale. */
export const staleServed = channel<{ readonly api: string }>('gatehouse:access:stale-served');
