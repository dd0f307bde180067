import { promisify } from 'node:util';
import { constants, type DeflateRaw, deflate, inflate, type ZlibOptions } from 'node:zlib';
import { decodeBase64url } from '../base/base64url.ts';
import { isJsonObject, type Json } from '../base/json.ts';
import type { StatusBits, StatusList } from './status-list.ts';
import { listFailed, type StatusListResult } from './status-list-failure.ts';

/** A list as its token carries it (draft-ietf-oauth-status-list-21 section 4.2). */
export interface EncodedStatusList {
  readonly bits: StatusBits;
  readonly lst: string;
}

/** 16 MiB: 134 million tokens of one bit. DEFLATE packs zeros a thousandfold, so what comes out has to be bounded. */
const mostBytes = 16 * 1024 * 1024;

const sizes: readonly Json[] = [1, 2, 4, 8] satisfies readonly StatusBits[];

const pack = promisify<Buffer, ZlibOptions, Buffer>(deflate);
/** With `info`, it tells how much of the input it has read. */
const unpack = promisify<Buffer, ZlibOptions, unknown>(inflate) as (
  packed: Buffer,
  options: ZlibOptions,
) => Promise<{ readonly buffer: Buffer; readonly engine: Pick<DeflateRaw, 'bytesWritten'> }>;

/** Packs away from the event loop. */
export async function encodeStatusList({ bits, bytes }: StatusList): Promise<EncodedStatusList> {
  const packed = await pack(bytes, { level: constants.Z_BEST_COMPRESSION });
  return { bits, lst: packed.toString('base64url') };
}

/** Unpacks away from the event loop, and never more than 16 MiB. @param claim the claim `status_list` */
export async function decodeStatusList(claim: Json | undefined): Promise<StatusListResult<StatusList>> {
  if (!isJsonObject(claim)) return listFailed('list_claims_invalid', { claim: 'status_list' });
  const { bits, lst } = claim;
  if (!isSize(bits)) return listFailed('list_malformed', { bits, reason: '`bits` is none of 1, 2, 4 and 8' });
  const packed = typeof lst === 'string' ? decodeBase64url(lst) : undefined;
  if (packed === undefined) return listFailed('list_malformed', { reason: '`lst` is not base64url' });
  const unpacked = await unpackBounded(packed);
  return unpacked.ok ? { ok: true, value: { bits, bytes: unpacked.value } } : unpacked;
}

function isSize(bits: Json | undefined): bits is StatusBits {
  return bits !== undefined && sizes.includes(bits);
}

async function unpackBounded(packed: Buffer): Promise<StatusListResult<Buffer>> {
  try {
    const { buffer, engine } = await unpack(packed, { info: true, maxOutputLength: mostBytes });
    // What follows the end of the stream would be read by nobody, and could be anything.
    if (engine.bytesWritten === packed.length) return { ok: true, value: buffer };
    return listFailed('list_malformed', { reason: 'something follows the compressed list' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') return listFailed('list_too_large', { packed: packed.length, mostBytes });
    return listFailed('list_malformed', { reason: 'it is no ZLIB stream', code });
  }
}
