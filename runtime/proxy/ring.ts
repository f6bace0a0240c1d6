/** What was pushed within the last `keepMs`, oldest first. Times must not fall; a fall (a clock set back) empties it. */
export class Ring<Item extends { readonly at: number }> {
  readonly #keepMs: number;
  #items: Item[] = [];
  #first = 0;

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  push(item: Item): void {
    const last = this.#items.at(-1);
    if (last !== undefined && item.at < last.at) {
      this.#items = [];
      this.#first = 0;
    }
    this.#items.push(item);
    const oldest = item.at - this.#keepMs;
    while ((this.#items[this.#first]?.at ?? item.at) < oldest) this.#first += 1;
    if (this.#first > 1_000) {
      this.#items.splice(0, this.#first);
      this.#first = 0;
    }
  }

  /** Items with `at` later than this. */
  since(since: number): readonly Item[] {
    let from = this.#items.length;
    while (from > this.#first && (this.#items[from - 1]?.at ?? since) > since) from -= 1;
    return this.#items.slice(from);
  }
}
