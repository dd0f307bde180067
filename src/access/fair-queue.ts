interface Line<Item> {
  readonly items: { readonly item: Item; readonly weight: number }[];
  weight: number;
}

/**
 * First come, first served among those of one owner; between owners, one of each in turn, so that the flood of one holds
 * up no other. Bounded for each owner.
 */
export class FairQueue<Item> {
  readonly #capacity: number;
  /** In the order of their turns; nobody is in it who has nothing waiting. */
  readonly #lines = new Map<object, Line<Item>>();

  /** @param capacity what the items of one owner may weigh together */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get isEmpty(): boolean {
    return this.#lines.size === 0;
  }

  /** @returns whether there was room */
  add(owner: object, item: Item, weight: number): boolean {
    const line = this.#lines.get(owner) ?? { items: [], weight: 0 };
    if (line.weight + weight > this.#capacity) return false;
    line.items.push({ item, weight });
    line.weight += weight;
    this.#lines.set(owner, line);
    return true;
  }

  take(): Item | undefined {
    const [next] = this.#lines;
    if (next === undefined) return undefined;
    const [owner, line] = next;
    const taken = line.items.shift();
    this.#lines.delete(owner);
    if (line.items.length > 0) this.#lines.set(owner, line);
    line.weight -= taken?.weight ?? 0;
    return taken?.item;
  }
}
