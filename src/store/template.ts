import { type Compilable, type CompiledQuery, createQueryId, type QueryCompiler } from 'kysely';

/** Stands in a built query for a value that is known when it runs. */
class Place {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** The values of one run, by the names of their places. */
type Values = Readonly<Record<string, unknown>>;

/**
 * A query that runs again and again with other values: built once, and compiled once by each engine, since either takes
 * longer than to run it.
 *
 * @param build is called at the first use, with places in the stead of the values
 * @returns the query for values that have the same members each time
 */
export function template<Given extends object, Row>(
  build: (values: Given) => Compilable<Row>,
): (values: Given) => Compilable<Row> {
  let built: CompiledQuery<Row> | undefined;
  return (values) => {
    built ??= build(placesFor(values)).compile();
    const filled = { ...built, parameters: [values] };
    return { compile: () => filled };
  };
}

function placesFor<Given extends object>(values: Given): Given {
  return Object.fromEntries(Object.keys(values).map((name) => [name, new Place(name)])) as Given;
}

/** What an engine runs. */
interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Makes of built queries what one engine speaks, and keeps what it made of templates. */
export function statementsBy(compiler: QueryCompiler): (query: Compilable<unknown>) => Statement {
  const kept = new WeakMap<object, Statement>();
  return (query) => {
    const { query: node, parameters } = query.compile();
    const [values] = parameters as readonly [Values?];
    if (values === undefined) return compiler.compileQuery(node, createQueryId());
    const known = kept.get(node) ?? compiler.compileQuery(node, createQueryId());
    kept.set(node, known);
    return { sql: known.sql, parameters: known.parameters.map((each) => fill(each, values)) };
  };
}

function fill(parameter: unknown, values: Values): unknown {
  return parameter instanceof Place ? values[parameter.name] : parameter;
}
