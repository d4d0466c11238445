import { type ForecastJobProgress, type ForecastStep, forecastSteps, type Job } from '@bellwether/contracts';
import { eventually } from '@bellwether/testkit';
import { openWarehouse, type WarehouseConfig } from '@bellwether/warehouse';
import { numbers } from '../platform/tables.ts';
import type { CrashableProcess } from './crashable-process.ts';
import type { PersistentClient } from './persistent-client.ts';

const day = 86_400_000;

/** Makes `<name>_target`: items with a week's rhythm, as a pipeline reads them. */
export async function loadSales(config: WarehouseConfig, name: string, items: number, days: number): Promise<void> {
  const next = numbers(7);
  const rows = Array.from({ length: items * days }, (_, row): [string, string, number] => {
    const [item, at] = [Math.floor(row / days), row % days];
    const stamp = new Date(Date.UTC(2024, 0, 1) + at * day).toISOString().slice(0, 10);
    return [
      `item-${item}`,
      stamp,
      Math.round(50 * (item + 1) * (1 + 0.4 * Math.sin((2 * Math.PI * at) / 7)) + 9 * next()),
    ];
  });
  const columns = [
    { name: 'item_id', kind: 'text' },
    { name: 'timestamp', kind: 'date' },
    { name: 'target_value', kind: 'number' },
  ] as const;
  const warehouse = await openWarehouse(config);
  await warehouse.loadTable(`${name}_target`, columns, [rows]);
  await warehouse.close();
}

export interface Results {
  /** rows of the forecasts, sorted: item, period, statistic, quantile and value */
  readonly forecasts: readonly string[];
  /** errors, sorted */
  readonly metrics: readonly string[];
  readonly status: string | null | undefined;
  readonly forecastAvailable: boolean | undefined;
}

/** What a pipeline has written under its name and day, without both. */
export async function resultsOf(config: WarehouseConfig, dataName: string, dateCreate: string): Promise<Results> {
  const warehouse = await openWarehouse(config);
  const rowsOf = async (name: string) => {
    const table = await warehouse.describeTable(name);
    const rows: string[] = [];
    if (table === undefined) return rows;
    for await (const batch of warehouse.readRows(table)) {
      for (const [rowName, rowDate, ...values] of batch) {
        if (rowName === dataName && rowDate === dateCreate) rows.push(JSON.stringify(values));
      }
    }
    return rows.toSorted();
  };
  try {
    const parameters = await warehouse.readParameters({ dataName, dateCreate });
    return {
      forecasts: await rowsOf('forecast_values'),
      metrics: await rowsOf('forecast_metrics'),
      status: parameters?.status,
      forecastAvailable: parameters?.forecastAvailable,
    };
  } finally {
    await warehouse.close();
  }
}

/** The step in which a forecast job is; undefined when it has ended. */
async function stepOf(client: PersistentClient, jobId: string): Promise<ForecastStep | undefined> {
  const { body } = await client.call('GET', `/v1/jobs/${jobId}`);
  const { status, result } = body as Job;
  if (!['queued', 'waiting', 'running'].includes(status)) return undefined;
  return (result as Partial<ForecastJobProgress> | undefined)?.step ?? 'export';
}

/**
 * Kills as soon as a forecast is in a step in which nobody was killed yet, and starts what was killed again, until the
 * job has ended.
 *
 * @param victims who is killed in a step
 * @returns the steps, in their order
 */
export async function killInEachStep(
  client: PersistentClient,
  jobId: string,
  victims: (step: ForecastStep) => readonly CrashableProcess[],
  patience: number,
): Promise<ForecastStep[]> {
  const killedIn: ForecastStep[] = [];
  for (;;) {
    const step = await eventually(
      `a step of ${jobId} after ${killedIn.at(-1) ?? 'none'}`,
      async () => {
        const found = await stepOf(client, jobId);
        if (found === undefined) return 'ended';
        const last = killedIn.at(-1);
        return (last === undefined || forecastSteps.indexOf(found) > forecastSteps.indexOf(last)) && found;
      },
      patience,
    );
    if (step === 'ended') return killedIn;
    killedIn.push(step);
    const killed = victims(step);
    await Promise.all(killed.map((victim) => victim.kill()));
    await Promise.all(killed.map((victim) => victim.start({ VISIBILITY_SECONDS: '3' })));
  }
}
