import type { Then } from '@bellwether/contracts';

/**
 * Names of the datasets that the first step of an automation makes, which need not be there when it is set up.
 *
 * @param dataset name of the one that it is about
 */
export function outputNames(dataset: string, then: Then): readonly string[] {
  const step = then.find(({ kind }) => kind === 'enrich');
  if (step?.kind !== 'enrich') return [];
  const name = step.name ?? dataset;
  return step.split === undefined ? [name] : ['-train', '-test', '-actuals'].map((part) => `${name}${part}`);
}
