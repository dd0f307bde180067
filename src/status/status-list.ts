/** How many bits tell the status of one token (draft-ietf-oauth-status-list-21 section 4.1). */
export type StatusBits = 1 | 2 | 4 | 8;

/** The statuses of many tokens, packed into one buffer. */
export interface StatusList {
  readonly bits: StatusBits;
  readonly bytes: Buffer;
}

/** @param entries is rounded up, so that whole bytes are filled */
export function newStatusList(bits: StatusBits, entries: number): StatusList {
  return { bits, bytes: Buffer.alloc(Math.ceil((entries * bits) / 8)) };
}

export function entriesOf({ bits, bytes }: StatusList): number {
  return (bytes.length * 8) / bits;
}

/** Bytes in their order, and within a byte from the least significant bit. @returns undefined beyond the list's end */
export function statusAt({ bits, bytes }: StatusList, index: number): number | undefined {
  const position = index * bits;
  const byte = bytes[Math.floor(position / 8)];
  return byte === undefined ? undefined : (byte >>> (position % 8)) & maskOf(bits);
}

/** @throws RangeError where there is no such entry, or where its bits cannot say that */
export function setStatus({ bits, bytes }: StatusList, index: number, status: number): void {
  const position = index * bits;
  const at = Math.floor(position / 8);
  const byte = bytes[at];
  if (byte === undefined || (status & maskOf(bits)) !== status) throw new RangeError('The status has no place there.');
  const shift = position % 8;
  bytes[at] = (byte & ~(maskOf(bits) << shift)) | (status << shift);
}

function maskOf(bits: StatusBits): number {
  return 2 ** bits - 1;
}
