import { StoreUnusable } from '../store-unusable.ts';
import { sqliteCodeOf, sqliteCodes } from './sqlite-error.ts';

type Explanation = readonly [reason: string, remedy: string];

const notPermitted: Explanation = [
  'may not be read and written by this user.',
  'Give the file and its directory to the user that runs Gatehouse, or name another path in `store`.',
];
const notAFile: Explanation = ['cannot be a file.', 'Name a file in `store`, in a directory that is one.'];
const full: Explanation = ['is on a full disk.', 'Make room; nothing that was acknowledged is lost.'];

const bySystemCode: Readonly<Record<string, Explanation>> = {
  EACCES: notPermitted,
  EPERM: notPermitted,
  EROFS: ['is on a read-only file system.', 'Name a writable path in `store`.'],
  EISDIR: notAFile,
  ENOTDIR: notAFile,
  EEXIST: notAFile,
  ENOSPC: full,
};

const bySqliteCode: Readonly<Record<number, Explanation>> = {
  [sqliteCodes.busy]: [
    'is locked by another program.',
    'Stop what holds it; several Gatehouse processes may share it.',
  ],
  [sqliteCodes.readOnly]: notPermitted,
  [sqliteCodes.cannotOpen]: notPermitted,
  [sqliteCodes.corrupt]: ['is damaged.', 'Restore it from a backup.'],
  [sqliteCodes.full]: full,
  [sqliteCodes.notADatabase]: ['is a file of another kind.', 'Name another path in `store`; the file was left alone.'],
};

/** Turns what went wrong while opening into one clear line; what is not known stays as it is. */
export function explainOpenFailure(path: string, error: unknown): unknown {
  const explanation = bySqliteCode[sqliteCodeOf(error) ?? -1] ?? bySystemCode[systemCodeOf(error)];
  return explanation === undefined ? error : new StoreUnusable(path, ...explanation, error);
}

function systemCodeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
