import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Strips the types of a checkout's source once and keeps the result by the hash of the source. Node's own compile cache would
 * do that too, but keeps what it has read in memory, 15 MB, and its compiled code makes no start faster.
 *
 * @param source folder of the modules
 * @param kept   folder where nobody else may write; where this user may not either, types are stripped at each start
 */
export function stripTypesOnce(source, kept) {
  const prefix = `${pathToFileURL(source).href}/`;
  const isOurs = (url) => url?.startsWith(prefix) && url.endsWith('.ts');
  module.registerHooks({
    // Our modules name each other by where they lie: Node would look for each name first, in several ways.
    resolve(specifier, context, next) {
      const url = specifier.startsWith('.') ? URL.parse(specifier, context.parentURL)?.href : undefined;
      return isOurs(url) && isOurs(context.parentURL) ? { url, shortCircuit: true } : next(specifier, context);
    },
    load(url, context, next) {
      if (!isOurs(url)) return next(url, context);
      return { format: 'module', source: stripped(fileURLToPath(url), kept), shortCircuit: true };
    },
  });
}

function stripped(path, kept) {
  const text = readFileSync(path, 'utf8');
  const file = join(kept, `${hash('sha1', text)}.js`);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const result = strip(text);
    keep(file, result, kept);
    return result;
  }
}

/** Node strips types by itself without a word, and warns whoever asks for the same that it is new. */
function strip(text) {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return module.stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Whole or not at all: several processes may start at once. */
function keep(file, text, folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, file);
  } catch {}
}
