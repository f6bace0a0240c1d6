/** A stored profile of one partition: its name is its range, both offsets inclusive. */
export interface RangeFile {
  readonly first: number;
  readonly last: number;
  readonly name: string;
}

export interface GapFreePath {
  /** In order; each begins where the one before ended. */
  readonly files: readonly RangeFile[];
  /** The first offset that is not covered; `from` when nothing is. */
  readonly reach: number;
}

/**
 * Files as edges first -> last + 1: the path from `from` that reaches farthest, with the fewest files. Two runs may have cut the log
 * differently (a crash, a rebalance, a zombie); files off the path are ignored, and every path gives the same integers, because a
 * file's content is a function of its range. Equal choices go by name, so that all readers take the same path.
 */
export function gapFreePath(files: readonly RangeFile[], from: number): GapFreePath {
  const byFirst = Map.groupBy(
    files.filter(({ first, last }) => last >= first).sort((a, b) => (a.name < b.name ? -1 : 1)),
    ({ first }) => first,
  );
  const arrivedBy = new Map<number, RangeFile | null>([[from, null]]);
  const queue = [from]; // breadth first: the first arrival at an offset has the fewest files
  for (let at = 0; at < queue.length; at++) {
    for (const file of byFirst.get(queue[at] ?? 0) ?? []) {
      if (arrivedBy.has(file.last + 1)) continue;
      arrivedBy.set(file.last + 1, file);
      queue.push(file.last + 1);
    }
  }
  const reach = queue.reduce((far, offset) => Math.max(far, offset), from);
  return { files: walkBack(arrivedBy, reach), reach };
}

function walkBack(arrivedBy: ReadonlyMap<number, RangeFile | null>, reach: number): RangeFile[] {
  const files: RangeFile[] = [];
  for (let file = arrivedBy.get(reach); file !== undefined && file !== null; file = arrivedBy.get(file.first)) files.unshift(file);
  return files;
}
