/** What came is no message, or one that two readers could read in two ways. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
  readonly code = 'malformed';
}

export function malformed(reason: string): MalformedMessage {
  return new MalformedMessage(reason);
}
