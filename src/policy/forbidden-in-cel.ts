import type { ASTNode } from '@marcbachmann/cel-js';
import { loopMacros, nodesOf, type PlacedNode } from './cel-tree.ts';
import { compilePattern } from './compile-pattern.ts';
import { PatternInvalid } from './parse-pattern.ts';
import { principalFields } from './principal-facts.ts';
import { requestFields } from './request-facts.ts';

export interface Forbidden {
  readonly node: ASTNode;
  readonly reason: string;
  readonly remedy: string;
}

/** Functions and methods of the language, without those that only a program needs (bytes, JSON, bindings). */
const functions: ReadonlySet<string> = new Set([
  ...['has', 'size', 'type', 'dyn', 'bool', 'int', 'uint', 'double', 'string', 'timestamp', 'duration'],
  ...['contains', 'startsWith', 'endsWith', 'matches', 'indexOf', 'lastIndexOf', 'substring', 'split', 'join'],
  ...['lowerAscii', 'upperAscii', 'trim', ...loopMacros],
  ...['getFullYear', 'getMonth', 'getDate', 'getDayOfMonth', 'getDayOfWeek', 'getDayOfYear'],
  ...['getHours', 'getMinutes', 'getSeconds', 'getMilliseconds'],
]);

const fields = new Map<unknown, readonly string[]>([
  ['principal', Object.keys(principalFields)],
  ['request', Object.keys(requestFields)],
]);

/** What the type checker lets pass and we do not: the first such place in an expression. */
export function findForbidden(root: ASTNode): Forbidden | undefined {
  for (const placed of nodesOf(root)) {
    const found = unknownFunction(placed) ?? unknownField(placed) ?? nestedLoop(placed) ?? unfitPattern(placed);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unknownFunction({ node }: PlacedNode): Forbidden | undefined {
  if ((node.op !== 'call' && node.op !== 'rcall') || functions.has(node.args[0])) return undefined;
  return { node, reason: `unknown function: ${node.args[0]}`, remedy: `Functions: ${[...functions].join(', ')}.` };
}

/** `has()` would quietly be false for a field that does not exist. */
function unknownField({ node }: PlacedNode): Forbidden | undefined {
  if (node.op !== '.') return undefined;
  const [left, name] = node.args;
  const known = left.op === 'id' ? fields.get(left.args) : undefined;
  if (known === undefined || known.includes(name)) return undefined;
  return { node, reason: `unknown field: ${left.args}.${name}`, remedy: `Fields: ${known.join(', ')}.` };
}

/** A caller chooses how long the lists in its token are: evaluation stays linear in them. */
function nestedLoop({ node, inLoop }: PlacedNode): Forbidden | undefined {
  if (!inLoop || node.op !== 'rcall' || !loopMacros.has(node.args[0])) return undefined;
  return {
    node,
    reason: `${node.args[0]}() inside another list macro`,
    remedy: 'Compare with `in` instead: principal.roles.exists(r, r in principal.groups).',
  };
}

function unfitPattern({ node }: PlacedNode): Forbidden | undefined {
  if (node.op !== 'rcall' || node.args[0] !== 'matches') return undefined;
  const [pattern] = node.args[2];
  if (pattern?.op !== 'value' || typeof pattern.args !== 'string') {
    return { node, reason: 'the pattern of matches() is no string literal', remedy: 'Write the pattern itself.' };
  }
  try {
    compilePattern(pattern.args);
    return undefined;
  } catch (error) {
    if (!(error instanceof PatternInvalid)) throw error;
    return { node: pattern, reason: error.message, remedy: 'Write the pattern in the syntax of RE2.' };
  }
}
