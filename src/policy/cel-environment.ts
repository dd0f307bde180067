import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { nodesOf } from './cel-tree.ts';
import { linearMatches } from './linear-matches.ts';
import { PrincipalFacts, principalFields } from './principal-facts.ts';
import { HeaderFacts, RequestFacts, requestFields } from './request-facts.ts';

const linearMatchesName = 'matchesInLinearTime';

/**
 * The language of `when`: CEL over `principal` and `request`. Everything is declared, so that an unknown variable,
 * field or function is refused when the expression is compiled. Bounds are those of a sentence, not of a program.
 */
export const celEnvironment = new Environment({
  limits: { maxAstNodes: 500, maxDepth: 32, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 4 },
  homogeneousAggregateLiterals: false,
})
  .registerType('Headers', HeaderFacts)
  .registerType('Principal', { ctor: PrincipalFacts, fields: principalFields })
  .registerType('Request', { ctor: RequestFacts, fields: requestFields })
  .registerVariable('principal', 'Principal')
  .registerVariable('request', 'Request')
  .registerOperator('string in Headers', (name: string, headers: HeaderFacts) => headers.has(name))
  .registerFunction(`string.${linearMatchesName}(string): bool`, {
    handler: (text: string, pattern: string) => linearMatches(pattern, text),
    async: false,
  });

/**
 * Turns the calls of `matches` in a parsed expression into calls of ours. The library's own runs a backtracking
 * RegExp and cannot be registered over; the name is looked up only when the expression is checked.
 */
export function matchInLinearTime(root: ASTNode): void {
  for (const { node } of nodesOf(root)) {
    if (node.op === 'rcall' && node.args[0] === 'matches') node.args[0] = linearMatchesName;
  }
}
