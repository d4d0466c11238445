import { expect, test } from '@jest/globals';
import { ingestCase } from '../../test/ingest-case.ts';
import { settleForecasts } from './settle-forecasts.ts';

const minute = 60_000;
const job = (id: string, result: object) => ({
  id,
  kind: 'forecast' as const,
  status: 'running' as const,
  result: JSON.stringify({ notes: [], ...result }),
});
const failure = { step: 'forecast', code: 'part-failed', detail: 'no reason was recorded' };

test('a forecast whose clean-up nobody answers ends after a while, as it went', async () => {
  await using ingest = await ingestCase({
    jobs: [
      job('job_good', { step: 'clean-up', began: { export: 0, 'clean-up': 0 } }),
      job('job_bad', { step: 'clean-up', began: { export: 0, 'clean-up': 0 }, failure }),
      job('job_young', { step: 'clean-up', began: { export: 0, 'clean-up': 10 * minute } }),
      job('job_at_work', { step: 'backtest', began: { export: 0, backtest: 0 } }),
    ],
  });

  const settled = await settleForecasts(ingest.deps, 20 * minute);

  const rows = await ingest.database.read.selectFrom('jobs').select(['id', 'status', 'error_code']).execute();
  expect([settled, Object.fromEntries(rows.map(({ id, status, error_code }) => [id, error_code ?? status]))]).toEqual([
    2,
    { job_good: 'succeeded', job_bad: 'part-failed', job_young: 'running', job_at_work: 'running' },
  ]);
});
