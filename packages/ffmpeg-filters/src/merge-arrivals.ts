/**
 * Gives what several sources say as it comes, in turn when all have something. Reads one item ahead in each, since a writer that is
 * blocked on one of them could not go on with the others.
 */
export async function* mergeArrivals<Item>(
  sources: readonly AsyncIterable<Item>[],
): AsyncGenerator<Item, void, undefined> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const next = (iterator: AsyncIterator<Item>) => {
    const coming = iterator.next().then((result) => ({ iterator, result }));
    coming.catch(() => {}); // it may fail while nobody waits for it; whoever comes back for more hears of it
    return coming;
  };
  const coming = new Map(iterators.map((iterator) => [iterator, next(iterator)]));
  try {
    while (coming.size > 0) {
      const { iterator, result } = await Promise.race(coming.values());
      coming.delete(iterator);
      if (result.done === true) continue;
      coming.set(iterator, next(iterator)); // behind the others: they have their turn first
      yield result.value;
    }
  } finally {
    await Promise.allSettled(iterators.map((iterator) => iterator.return?.()));
  }
}
