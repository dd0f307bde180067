import { type LogPosition, startOfLog } from './log-position.ts';

/** A position as the `id` of an event (and so as `Last-Event-ID`): `MARK:SEQ`. */
export function writePosition({ mark, seq }: LogPosition): string {
  return `${mark}:${seq}`;
}

/** @returns undefined for what `writePosition` has not written */
export function readPosition(text: string): LogPosition | undefined {
  const [, mark = '', digits = ''] = /^([\w-]{0,64}):(0|[1-9]\d{0,15})$/.exec(text) ?? [];
  const seq = Number(digits);
  if (digits === '' || !Number.isSafeInteger(seq)) return undefined;
  if (seq === 0) return startOfLog;
  return mark === '' ? undefined : { seq, mark };
}

export function isSamePosition(one: LogPosition, other: LogPosition): boolean {
  return one.seq === other.seq && one.mark === other.mark;
}
