import { Problem } from '../problem.ts';

/**
 * Lets routes that call things by other names than the command behind them say in refusals which of *their* fields was
 * refused.
 *
 * @param names the route's field by the command's: `{ datasetId: 'dataset_id' }`; what lies within a field goes with it
 * @throws what `work` throws
 */
export async function underFields<Result>(
  names: Readonly<Record<string, string>>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { field } = error.options;
    const renamed = Object.entries(names).find(([theirs]) => field === theirs || field?.startsWith(`${theirs}.`));
    if (renamed === undefined) throw error;
    throw new Problem(error.status, error.code, error.message, { ...error.options, field: renamed[1] });
  }
}
