import type { ASTNode } from '@marcbachmann/cel-js';
import { celEnvironment } from './cel-environment.ts';
import { nodesOf } from './cel-tree.ts';
import type { RuleOptions } from './rule-options.ts';

/**
 * The claims that the conditions of rules name: `principal.claims.email`, `principal.claims["email"]` and
 * `"email" in principal.claims`. Our own provider puts these into the tokens of the API.
 *
 * @param rules sound ones: they were compiled before
 */
export function claimsRead(rules: readonly Pick<RuleOptions, 'when'>[]): readonly string[] {
  const conditions = rules.flatMap(({ when }) => when ?? []);
  const nodes = conditions.flatMap((condition) => [...nodesOf(celEnvironment.parse(condition).ast)]);
  return [...new Set(nodes.flatMap(({ node }) => nameIn(node) ?? []))];
}

function nameIn(node: ASTNode): string | undefined {
  if ((node.op === '.' || node.op === '.?') && isClaims(node.args[0])) return node.args[1];
  if ((node.op === '[]' || node.op === '[?]') && isClaims(node.args[0])) return textOf(node.args[1]);
  if (node.op === 'in' && isClaims(node.args[1])) return textOf(node.args[0]);
  return undefined;
}

function isClaims(node: ASTNode): boolean {
  if (node.op !== '.' || node.args[1] !== 'claims') return false;
  const [owner] = node.args;
  return owner.op === 'id' && owner.args === 'principal';
}

function textOf(node: ASTNode): string | undefined {
  return node.op === 'value' && typeof node.args === 'string' ? node.args : undefined;
}
