type Arrival<Item> =
  | { readonly iterator: AsyncIterator<Item>; readonly result: IteratorResult<Item> }
  | { readonly error: unknown };

/**
 * Gives what several sources say as it comes, in turn when all have something. Reads one item ahead in each, since a writer that is
 * blocked on one of them could not go on with the others.
 *
 * @param release - ends what the sources wait for. Called before they are closed: a generator cannot be closed while it waits.
 */
export async function* mergeArrivals<Item>(
  sources: readonly AsyncIterable<Item>[],
  release: () => void,
): AsyncGenerator<Item, void, undefined> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const arrived: Arrival<Item>[] = [];
  let wake = () => {};
  // No race over the sources' promises: each would keep all that the others say while it is pending.
  const ask = async (iterator: AsyncIterator<Item>) => {
    try {
      arrived.push({ iterator, result: await iterator.next() });
    } catch (error) {
      arrived.push({ error }); // whoever comes back for more hears of it
    }
    wake();
  };
  try {
    for (const iterator of iterators) void ask(iterator);
    for (let open = iterators.length; open > 0; ) {
      const arrival = arrived.shift();
      if (arrival === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if ('error' in arrival) throw arrival.error;
      if (arrival.result.done === true) {
        open -= 1;
        continue;
      }
      void ask(arrival.iterator);
      yield arrival.result.value;
    }
  } finally {
    release();
    await Promise.allSettled(iterators.map((iterator) => iterator.return?.()));
  }
}
