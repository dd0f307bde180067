import type { ASTNode } from '@marcbachmann/cel-js';

/** A node of an expression, and whether it is evaluated once for each entry of a list. */
export interface PlacedNode {
  readonly node: ASTNode;
  readonly inLoop: boolean;
}

/** Macros that evaluate their arguments once for each entry of their receiver. */
export const loopMacros: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

/** Every node of an expression, from the outside in. */
export function* nodesOf(node: ASTNode, inLoop = false): Generator<PlacedNode> {
  yield { node, inLoop };
  if (node.op === 'rcall') {
    const [name, receiver, parameters] = node.args;
    yield* nodesOf(receiver, inLoop);
    for (const parameter of parameters) yield* nodesOf(parameter, inLoop || loopMacros.has(name));
    return;
  }
  for (const child of childrenOf(node)) yield* nodesOf(child, inLoop);
}

function childrenOf(node: Exclude<ASTNode, { op: 'rcall' }>): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}
