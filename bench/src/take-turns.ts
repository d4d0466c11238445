/**
 * Measures everybody in turn, A B C A B C …, so that what disturbs the machine for a while disturbs all of them.
 *
 * @returns by contestant, one result a round
 */
export async function takeTurns<Contestant, Result>(
  contestants: readonly Contestant[],
  rounds: number,
  measure: (contestant: Contestant, round: number) => Promise<Result>,
): Promise<ReadonlyMap<Contestant, readonly Result[]>> {
  const results = new Map<Contestant, Result[]>(contestants.map((contestant) => [contestant, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [contestant, earlier] of results) earlier.push(await measure(contestant, round));
  }
  return results;
}
