import { readFile } from 'node:fs/promises';
import { type ForecastJobProgress, type ForecastStep, type Job, type Service, services } from '@bellwether/contracts';
import { readConfig } from '@bellwether/platform';
import { eventually, temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { startAll, stopAll } from '../crash/crashable-platform.ts';
import { ended } from '../crash/follow.ts';
import { killInEachStep, resultsOf } from '../crash/forecast-pipeline.ts';
import { type PersistentClient, persistentClient } from '../crash/persistent-client.ts';
import { fiveProcesses } from '../stack/five-processes.ts';
import { ownStack } from '../stack/own-stack.ts';

const patience = 240_000;

/** Who does the work of a step; the end is everybody's. */
const workers: Readonly<Record<ForecastStep, readonly Service[]>> = {
  export: ['ingest'],
  import: ['enrichment'],
  'train-predictors': ['training'],
  backtest: ['training'],
  forecast: ['inference'],
  'export-results': ['metrics'],
  notify: ['ingest'],
  'clean-up': services,
};

/** The shell lines of the README's section. */
async function linesOfReadme(): Promise<string> {
  const text = await readFile(new URL('../../localstack/README.md', import.meta.url), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith('A forecast by one message\n')) ?? '';
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, lines = '']) => lines).join('');
}

/** The newest forecast, once there are so many. */
const newest = (client: PersistentClient, count: number) =>
  eventually(
    `${count} forecasts`,
    async () => {
      const { jobs } = (await client.call('GET', '/v1/jobs?kind=forecast')).body as { jobs: Job[] };
      return jobs.length === count && jobs[0];
    },
    patience,
  );

test('a message of the AWS command line ends in rows and a flag, whichever service is killed in its step', async () => {
  using folder = temporaryFolder();
  await using stack = await ownStack(folder.path);
  await using platform = fiveProcesses(stack, { folder: folder.path });
  const config = readConfig(stack.env);
  const giveUp = new AbortController();
  const client = persistentClient(platform.url, 'local', giveUp.signal);
  await startAll(platform);
  try {
    const lines = await linesOfReadme();
    await stack.bash(lines);
    const undisturbed = await ended(client, (await newest(client, 1)).id, patience);
    const expected = await resultsOf(config, 'sales', '20260302');

    await stack.bash(lines.replace('20260302', '20260303'));
    const disturbed = (await newest(client, 2)).id;
    const killedIn = await killInEachStep(
      client,
      disturbed,
      (step) => workers[step].map((name) => platform.byName[name]),
      patience,
    );

    expect(undisturbed).toMatchObject({ status: 'succeeded', model: 'sales' });
    expect(expected).toMatchObject({ status: 'succeeded', forecastAvailable: true });
    expect(expected.forecasts).toHaveLength(2 * 7 * 4);
    const job = await ended(client, disturbed, patience);
    expect([job.status, (job.result as Partial<ForecastJobProgress>).step]).toEqual(['succeeded', 'clean-up']);
    expect(new Set(killedIn).size).toBeGreaterThanOrEqual(4);
    expect(await resultsOf(config, 'sales', '20260303')).toEqual(expected);
    const { datasets } = (await client.call('GET', '/v1/datasets')).body as { datasets: object[] };
    const { deadLetters } = (await client.call('GET', '/v1/dead-letters')).body as { deadLetters: object[] };
    expect([datasets, deadLetters]).toEqual([[], []]);
  } finally {
    giveUp.abort();
    await stopAll(platform);
  }
}, 900_000);
