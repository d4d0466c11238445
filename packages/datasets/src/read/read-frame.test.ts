import { Worker } from 'node:worker_threads';
import type { Column, FrameColumn } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { inspectHere } from '../../test/inspect-here.ts';
import { parquetBytes } from '../../test/write-parquet.ts';
import { readFrame } from './read-frame.ts';

const plain = (column: FrameColumn | undefined) =>
  column?.type === 'numeric' ? [...column.values] : { levels: column?.levels, codes: [...(column?.codes ?? [])] };

const table = [
  'when,price,count,paid,city,empty',
  '2024-01-01,1.5,3,true,Rome,',
  ',NaN,,,,',
  '1969-12-31T23:59:59.5Z,-2,4,false,Łódź,',
  '2024-01-02,0.1,5,true,Rome,',
].join('\n');

async function stored() {
  const inspection = await inspectHere(table);
  if (!inspection.ok) throw new Error(inspection.problems[0]?.message);
  return inspection;
}

test('columns come as typed arrays, missing values as NaN or -1', async () => {
  const { output, schema } = await stored();
  const frame = await readFrame(output, { columns: schema });
  expect(frame.rows).toBe(4);
  expect(
    frame.columns.every((column) => ArrayBuffer.isView(column.type === 'numeric' ? column.values : column.codes)),
  ).toBe(true);
  expect(frame.columns.map(plain)).toEqual([
    [1_704_067_200_000, Number.NaN, -500, 1_704_153_600_000],
    [1.5, Number.NaN, -2, 0.1],
    [3, Number.NaN, 4, 5],
    [1, Number.NaN, 0, 1],
    { levels: ['Rome', 'Łódź'], codes: [0, -1, 1, 0] },
    { levels: [], codes: [-1, -1, -1, -1] },
  ]);
});

test('only the columns asked for are read, in the order asked for and as the kind asked for', async () => {
  const { output } = await stored();
  const columns: Column[] = [
    { name: 'count', kind: 'categorical', nullable: true },
    { name: 'price', kind: 'numeric', nullable: true },
  ];
  const frame = await readFrame(output, { columns });
  expect(frame.columns.map(plain)).toEqual([
    { levels: ['3', '4', '5'], codes: [0, -1, 1, 2] },
    [1.5, Number.NaN, -2, 0.1],
  ]);
});

test('a frame without columns knows its rows', async () => {
  const { output } = await stored();
  expect(await readFrame(output, { columns: [] })).toEqual({ rows: 4, columns: [] });
});

test('rows keep the order of the file over chunks and row groups', async () => {
  const query = "SELECT (i * 7919) % 300007 AS x, 'k' || (i % 613) AS k FROM range(300000) t(i)";
  const inspection = await inspectHere(await parquetBytes(query, ', ROW_GROUP_SIZE 4096'));
  if (!inspection.ok) throw new Error(inspection.problems[0]?.message);
  const { columns } = await readFrame(inspection.output, { columns: inspection.schema });
  const [x, k] = columns;
  if (x?.type !== 'numeric' || k?.type !== 'categorical') throw new Error('other types');
  expect(x.values.findIndex((value, index) => value !== (index * 7919) % 300_007)).toBe(-1);
  expect(k.codes.findIndex((code, index) => k.levels[code] !== `k${index % 613}`)).toBe(-1);
});

test('levels are in byte order, whatever order the rows have', async () => {
  const inspection = await inspectHere('x,y\nb,1\na,2\nZ,3\nä,4\nb,5\n');
  const [x] = (await readFrame(inspection.output, { columns: [{ name: 'x', kind: 'categorical', nullable: false }] }))
    .columns;
  expect(plain(x)).toEqual({ levels: ['Z', 'a', 'b', 'ä'], codes: [2, 1, 0, 3, 2] });
});

test('an aborted read rejects with its reason', async () => {
  const { output, schema } = await stored();
  const aborted = readFrame(output, { columns: schema, signal: AbortSignal.abort(new Error('cancelled')) });
  await expect(aborted).rejects.toThrow('cancelled');
  const controller = new AbortController();
  const reading = readFrame(output, { columns: schema, signal: controller.signal });
  setImmediate(() => controller.abort(new Error('lease lost')));
  await expect(reading).rejects.toThrow('lease lost');
});

test('a column that is not there is an error that names it', async () => {
  const { output } = await stored();
  const columns: Column[] = [{ name: 'nope', kind: 'numeric', nullable: false }];
  await expect(readFrame(output, { columns })).rejects.toThrow(/nope/);
});

test('frames are read in workers', async () => {
  const { output, schema } = await stored();
  const program = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.module)
      .then(({ readFrame }) => readFrame(workerData.path, { columns: workerData.columns }))
      .then((frame) => parentPort.postMessage(frame.columns.map((column) => column.type + ' ' + frame.rows)));
  `;
  const workerData = { module: new URL('./read-frame.ts', import.meta.url).href, path: output, columns: schema };
  const worker = new Worker(program, { eval: true, workerData, execArgv: ['--disable-warning=ExperimentalWarning'] });
  const message = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  await worker.terminate();
  expect(message).toEqual(['numeric 4', 'numeric 4', 'numeric 4', 'numeric 4', 'categorical 4', 'categorical 4']);
});
