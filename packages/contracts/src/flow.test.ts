import { expect, test } from '@jest/globals';
import { type Consumed, emit, flow, type HandlersOf, type Hop, queueName, queueSpecs } from './index.ts';

type Ingest = HandlersOf<'ingest', object, unknown>;
const upload = async () => async () => [];
const complete: Ingest = {
  datasetUploaded: upload,
  uploadFailed: upload,
  rowsAppended: upload,
  appendFailed: upload,
  datasetDerived: upload,
  predictionsDerived: upload,
  derivationFailed: upload,
  forecastAsked: upload,
  forecastRefused: upload,
  forecastRequested: upload,
  forecastFailed: upload,
  tablesExported: upload,
  panelPrepared: upload,
  panelFailed: upload,
  panelDiscarded: upload,
  predictorsTrained: upload,
  forecasterTrained: upload,
  forecasterFailed: upload,
  forecasterDiscarded: upload,
  forecastsMade: upload,
  forecastsFailed: upload,
  forecastsDiscarded: upload,
  scoresWritten: upload,
  scoresFailed: upload,
  cancelRequested: upload,
};

const foreign: Ingest = {
  ...complete,
  // @ts-expect-error ingest does not send this message: training does
  uploadFailed: async () => async () => [emit(flow.trialRequested, { jobId: 'j', trialId: 't' })],
};
// @ts-expect-error the handler of datasetDerived is missing
const missing: Ingest = { datasetUploaded: upload, uploadFailed: upload, derivationFailed: upload };
const extra: Ingest = {
  ...complete,
  // @ts-expect-error ingest does not consume this message
  trialFinished: upload,
};
const wrongBody: Ingest = {
  ...complete,
  uploadFailed: async () => async () => [
    // @ts-expect-error rows is a number
    emit(flow.datasetReady, { datasetId: 'd', name: 'n', rows: 'many', columns: 1 }),
  ],
};

test('a service that emits what it must not, or lacks a handler, or has one too many, does not compile', () => {
  expect([complete, foreign, missing, extra, wrongBody]).toHaveLength(5);
  const consumed: (keyof Consumed<'inference'>)[] = ['championPromoted'];
  expect(consumed).toEqual(['championPromoted']);
});

const rows = Object.entries(flow) as [string, Hop][];

test('message types are unique, past tense with a dot, and named as their rows', () => {
  const types = rows.map(([, hop]) => hop.message.type);
  expect(new Set(types).size).toBe(types.length);
  for (const [name, hop] of rows) {
    expect(hop.message.type).toMatch(/^[a-z]+\.[a-z]+$/);
    expect(name).toBe(hop.message.type.replace(/\.(.)/, (_, letter: string) => letter.toUpperCase()));
  }
});

test('what follows a dead message is a row of a consumer of it, whose body is the dead one with reasons', () => {
  for (const [, hop] of rows) {
    if (hop.onDead === undefined) continue;
    const next = (flow as Record<string, Hop>)[hop.onDead];
    expect(hop.to).toContain(next?.from);
    const dead = {
      ...{
        jobId: 'j',
        trialId: 't',
        fitId: 'f',
        partId: 'p',
        message: {},
        messageId: 'm',
        key: 'k',
        etag: 'e',
        size: 1,
        reasons: ['why'],
      },
      ...{ datasetId: 'd', name: 'n', parents: [], recipe: {}, roles: {} },
    };
    expect(next?.message.body.safeParse(dead).success).toBe(true);
    expect(next?.message.body.safeParse({ ...dead, reasons: undefined }).success).toBe(false);
  }
});

test('each row arrives on one queue a consumer, and each queue belongs to one service', () => {
  const arrivals = queueSpecs().flatMap((spec) => spec.rows.map((row) => `${spec.service}/${row}`));
  const expected = rows.flatMap(([name, hop]) => hop.to.map((service) => `${service}/${name}`));
  expect(arrivals.toSorted()).toEqual(expected.toSorted());
  expect(new Set(queueSpecs().map(({ name }) => name)).size).toBe(queueSpecs().length);
  expect(queueName(flow.trialRequested, 'training')).toBe('training-trials');
});
