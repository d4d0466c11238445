import { expect, test } from '@jest/globals';
import type { CrashReport } from './crash-report.ts';
import { findFaults } from './find-faults.ts';
import type { Remains } from './read-remains.ts';

const message = (id: string, queue: string, type: string) => ({
  id,
  queue,
  state: 'handled',
  envelope: JSON.stringify({ id, type, jobId: 'job_1' }),
});

/** One job that went well: its rows as far as anybody looks at them. */
const sound = {
  jobs: [{ id: 'job_1', status: 'succeeded', request: '{}', dataset_id: 'ds_1', model: 'm' }],
  trials: [{ id: 'trial_1', job_id: 'job_1', position: 0, kind: 'candidate', status: 'succeeded' }],
  versions: [{ trial_id: 'trial_1', model: 'm', version: 1, artifact_key: 'models/1' }],
  models: [{ name: 'm', champion_version: 1 }],
  datasets: [{ upload_key: 'uploads/1', data_key: 'tables/1' }],
  events: [{ message_id: 'a', job_id: 'job_1', type: 'training.finished' }],
  outbox: [message('a', 'metrics', 'training.finished'), message('b', 'training', 'training.requested')],
  inbox: [
    { message_id: 'a', queue: 'metrics' },
    { message_id: 'b', queue: 'training' },
  ],
  deadLetters: [],
  objects: ['models/1', 'uploads/1', 'tables/1'],
  messagesLeft: [],
  filesLeft: [],
};
const report: CrashReport = {
  jobs: [{ id: 'job_1' } as CrashReport['jobs'][number]],
  datasets: [],
  kills: {},
  answered: ['r_1'],
  logged: new Set(['r_1', 'r_2']),
  unanswered: [],
};

const faultsWith = (change: object, changed: Partial<CrashReport> = {}) =>
  findFaults({ ...sound, ...change } as unknown as Remains, { ...report, ...changed });

test('what went well has no fault', () => {
  expect(faultsWith({})).toEqual([]);
});

const [job] = sound.jobs;
const [trial] = sound.trials;
const [version] = sound.versions;
const [event] = sound.events;
const [heard, asked] = sound.outbox;

test.each<[fault: string, change: object]>([
  ['a job that did not end', { jobs: [{ ...job, status: 'running' }] }],
  ['a job that was accepted and is not there', { jobs: [], trials: [] }],
  ['a job that nobody was told of', { jobs: [job, { ...job, id: 'job_2', request: '{"a":1}' }] }],
  ['a request accepted twice', { jobs: [job, { ...job, id: 'job_2' }] }],
  ['a trial that did not end', { trials: [{ ...trial, status: 'running' }] }],
  ['a trial planned twice', { trials: [trial, { ...trial, id: 'trial_2' }] }],
  ['a trial of no job', { trials: [{ ...trial, job_id: 'job_2' }] }],
  ['a trial with two versions', { versions: [version, { ...version, version: 2 }] }],
  ['a trial that succeeded without its version', { versions: [] }],
  ['a version of no trial', { versions: [version, { ...version, trial_id: 'trial_2' }] }],
  ['a champion that is not there', { models: [{ name: 'm', champion_version: 2 }] }],
  ['a message without its line in the timeline', { events: [] }],
  ['a line of the timeline without its message', { events: [event, { ...event, message_id: 'c' }] }],
  ['a message with two lines', { events: [event, event] }],
  ['a timeline without one end', { events: [event, { ...event, message_id: 'b' }] }],
  ['a message that was not handled', { outbox: [heard, { ...asked, state: 'sent' }] }],
  ['a handled message that the inbox does not know', { inbox: [] }],
  ['a message that died', { deadLetters: [{ message_id: 'a', queue: 'metrics', type: 'x', reasons: '[]' }] }],
  ['a message left in a queue', { messagesLeft: ['training a'] }],
  ['an object that nothing names', { objects: [...sound.objects, 'models/2'] }],
  ['a named object that is gone', { objects: ['models/1', 'uploads/1'] }],
  ['a file left behind', { filesLeft: ['work/a'] }],
])('%s is found', (fault, change) => {
  expect(faultsWith(change)).toContainEqual(expect.stringMatching(new RegExp(`^${fault}: `)));
});

test('an answer that the log does not have, and a model that did not predict, are found', () => {
  expect(faultsWith({}, { answered: ['r_3'], unanswered: ['job_1: 500'] })).toEqual([
    'an answer that is not in the log: r_3',
    'a prediction that was not answered: job_1: 500',
  ]);
});
