export type FreeSlots = ReturnType<typeof freeSlots>;

/**
 * Counts places for messages in work.
 *
 * @param count of all places
 */
export function freeSlots(count: number) {
  let free = count;
  const waiting: (() => void)[] = [];

  return {
    /** Waits for a free place and takes what is free then, `most` at most. */
    async take(most: number): Promise<number> {
      while (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
      const taken = Math.min(free, most);
      free -= taken;
      return taken;
    },

    giveBack(places: number): void {
      // Whoever waits goes on in the next turn of the event loop: what ends together is taken together, and one request
      // fetches ten messages where ten would fetch one each.
      if (free === 0 && places > 0) {
        setImmediate(() => {
          for (const resolve of waiting.splice(0)) resolve();
        });
      }
      free += places;
    },
  };
}
