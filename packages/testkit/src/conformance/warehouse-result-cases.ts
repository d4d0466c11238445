import { expect } from '@jest/globals';
import { key, results, rowsOf, type WarehouseCase } from './warehouse-subject.ts';

const values = async (subject: Parameters<WarehouseCase['run']>[0], where = {}) =>
  (await rowsOf(subject.warehouse, 'forecast_values', where))
    .map(({ value }) => value)
    .sort((a, b) => Number(a) - Number(b));

export const resultCases: readonly WarehouseCase[] = [
  {
    title: 'migrations may run twice and in two processes at once',
    async run({ warehouse, other }) {
      await Promise.all([warehouse.migrate(), other.migrate(), warehouse.migrate()]);
      await other.migrate();
      expect(await rowsOf(warehouse, 'forecast_migrations')).toMatchObject([{ version: 1 }]);
      for (const name of ['forecast_parameters', 'forecast_values', 'forecast_metrics'])
        expect(await rowsOf(warehouse, name)).toEqual([]);
    },
  },
  {
    title: 'the row of a pipeline is made, then changed in what is given',
    async run({ warehouse, other }) {
      expect(await warehouse.readParameters(key)).toBeUndefined();
      await warehouse.upsertParameters(key, {
        forecastHorizon: 90,
        numberOfBacktestWindows: 2,
        performDelete: true,
        messageId: 'm-1',
        status: 'importing',
      });
      const made = await other.readParameters(key);
      expect(made).toMatchObject({
        ...key,
        forecastHorizon: 90,
        numberOfBacktestWindows: 2,
        performDelete: true,
        forecastFrequency: null,
        messageId: 'm-1',
        status: 'importing',
        reason: null,
        forecastAvailable: false,
      });
      expect(made?.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      await other.upsertParameters(key, { status: 'failed', reason: `it's\n${'x'.repeat(5000)}`, performDelete: null });
      const changed = await warehouse.readParameters(key);
      expect(changed).toMatchObject({ forecastHorizon: 90, performDelete: null, status: 'failed' });
      expect(changed?.reason).toHaveLength(4000);
      expect(changed?.createdAt).toBe(made?.createdAt);
    },
  },
  {
    title: 'the same results written twice leave one copy, others stay',
    async run(subject) {
      const { warehouse, other } = subject;
      await warehouse.writeResults({ ...key, dataName: 'SALES' }, results(1, 100));
      await warehouse.writeResults({ ...key, dateCreate: '20260102' }, results(1, 200));
      expect(await warehouse.writeResults(key, results(3))).toEqual({ forecasts: 9, metrics: 2 });
      expect(await other.writeResults(key, results(2, 10))).toEqual({ forecasts: 6, metrics: 2 });
      expect(await values(subject, { data_name: 'sales', date_create: '20260101' })).toEqual([
        9.5, 10, 10.5, 10.5, 11, 11.5,
      ]);
      expect(await values(subject)).toEqual([9.5, 10, 10.5, 10.5, 11, 11.5, 99.5, 100, 100.5, 199.5, 200, 200.5]);
      expect(await rowsOf(warehouse, 'forecast_metrics')).toHaveLength(6);
    },
  },
  {
    title: 'forecasts are a row for the mean and one for each quantile; metrics say what they are of',
    async run({ warehouse }) {
      await warehouse.writeResults(key, results(1, 5));
      const head = {
        data_name: 'sales',
        date_create: '20260101',
        item_id: 'item-0',
        timestamp: '2026-02-01T00:00:00.000Z',
      };
      const forecasts = await rowsOf(warehouse, 'forecast_values');
      expect(forecasts).toHaveLength(3);
      expect(forecasts).toEqual(
        expect.arrayContaining([
          { ...head, statistic: 'mean', quantile: null, value: 5 },
          { ...head, statistic: 'p10', quantile: 0.1, value: 4.5 },
          { ...head, statistic: 'p90', quantile: 0.9, value: 5.5 },
        ]),
      );
      const of = { data_name: 'sales', date_create: '20260101', model: 'theta', source: 'backtest' };
      expect(await rowsOf(warehouse, 'forecast_metrics')).toEqual(
        expect.arrayContaining([
          { ...of, backtest_window: 1, item_id: 'item-0', metric: 'MASE', value: null },
          { ...of, backtest_window: null, item_id: null, metric: 'wQL[0.9]', value: 0.25 },
        ]),
      );
    },
  },
  {
    title: 'results, flag and status appear together',
    async run({ warehouse }) {
      await warehouse.upsertParameters(key, { status: 'exporting' });
      await warehouse.writeResults(key, results(1), { parameters: { status: 'exported' }, forecastAvailable: true });
      expect(await warehouse.readParameters(key)).toMatchObject({ status: 'exported', forecastAvailable: true });
      await warehouse.writeResults(key, results(1));
      expect(await warehouse.readParameters(key)).toMatchObject({ forecastAvailable: true });
      await warehouse.upsertParameters(key, { forecastAvailable: false });
      expect(await warehouse.readParameters(key)).toMatchObject({ forecastAvailable: false });
    },
  },
  {
    title: 'a write that fails half-way leaves the results and the flag that were there',
    needs: 'transactions',
    async run(subject) {
      const { warehouse } = subject;
      await warehouse.writeResults(key, results(1), { parameters: { status: 'first' } });
      async function* broken() {
        yield* results(2, 50).forecasts;
        throw new Error('the object is gone');
      }
      const write = warehouse.writeResults(
        key,
        { ...results(0), forecasts: broken() },
        { parameters: { status: 'second' }, forecastAvailable: true },
      );
      await expect(write).rejects.toThrow('the object is gone');
      expect(await values(subject)).toEqual([-0.5, 0, 0.5]);
      expect(await warehouse.readParameters(key)).toMatchObject({ status: 'first', forecastAvailable: false });
    },
  },
  {
    title: 'two writers of one key leave the results of one of them',
    needs: 'concurrent-writers',
    async run(subject) {
      const { warehouse, other } = subject;
      await warehouse.migrate();
      await Promise.all([warehouse.writeResults(key, results(1)), other.writeResults(key, results(1))]);
      expect(await values(subject)).toEqual([-0.5, 0, 0.5]);
    },
  },
  {
    title: 'no flag without rows',
    needs: 'transactions',
    async run({ warehouse }) {
      await warehouse.upsertParameters(key, { status: 'exporting' });
      await expect(warehouse.markForecastAvailable(key)).rejects.toMatchObject({ code: 'warehouse-results-missing' });
      expect(await warehouse.readParameters(key)).toMatchObject({ forecastAvailable: false });
      await warehouse.writeResults(key, results(1));
      await warehouse.markForecastAvailable(key);
      expect(await warehouse.readParameters(key)).toMatchObject({ status: 'exporting', forecastAvailable: true });
    },
  },
  {
    title: 'deleted results take their flag with them, and deleting again does nothing',
    async run(subject) {
      const { warehouse } = subject;
      await warehouse.deleteResults(key);
      expect(await warehouse.readParameters(key)).toBeUndefined();
      await warehouse.writeResults(key, results(1), { parameters: { status: 'done' }, forecastAvailable: true });
      await warehouse.writeResults({ ...key, dataName: 'Sales' }, results(1, 7));
      await warehouse.deleteResults(key);
      await warehouse.deleteResults(key);
      expect(await values(subject)).toEqual([6.5, 7, 7.5]);
      expect(await warehouse.readParameters(key)).toMatchObject({ status: 'done', forecastAvailable: false });
    },
  },
  {
    title: 'a text that is longer than its column is refused, not cut',
    needs: 'limited-texts',
    async run({ warehouse }) {
      const [[row] = []] = results(1).forecasts as [
        [{ itemId: string; timestamp: string; mean: number; quantiles: number[] }],
      ];
      if (row === undefined) throw new Error('no row');
      const write = warehouse.writeResults(key, { ...results(0), forecasts: [[{ ...row, itemId: 'x'.repeat(600) }]] });
      await expect(write).rejects.toMatchObject({ code: 'warehouse-value' });
    },
  },
  {
    title: 'a value that is no number is refused',
    async run({ warehouse }) {
      const forecast = { itemId: 'a', timestamp: '2026-01-01T00:00:00.000Z', mean: Number.NaN, quantiles: [1, 2] };
      const write = warehouse.writeResults(key, { ...results(0), forecasts: [[forecast]] });
      await expect(write).rejects.toMatchObject({ code: 'warehouse-value' });
    },
  },
];
