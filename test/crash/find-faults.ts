import type { CrashReport } from './crash-report.ts';
import { namedObjects, type Remains } from './read-remains.ts';

/** Everything that must not be after the crashes, one line each: an empty list is a pass. */
export function findFaults(remains: Remains, report: CrashReport): string[] {
  return [
    ...faultsOfJobs(remains, report),
    ...faultsOfTrials(remains),
    ...faultsOfTimelines(remains),
    ...faultsOfMessages(remains),
    ...faultsOfObjects(remains),
    ...each(
      'an answer that is not in the log',
      report.answered.filter((id) => !report.logged.has(id)),
    ),
    ...each('a prediction that was not answered', report.unanswered),
  ];
}

const isOpen = (status: string) => ['queued', 'waiting', 'running'].includes(status);

const each = (what: string, found: readonly unknown[]) =>
  found.map((one) => `${what}: ${typeof one === 'string' ? one : JSON.stringify(one)}`);

/** Keys that stand with more than one row. */
function repeated<Row>(rows: readonly Row[], keyOf: (row: Row) => unknown): string[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(keyOf(row)));
  return [...groups].filter(([, group]) => group.length > 1).map(([key]) => key);
}

function faultsOfJobs({ jobs }: Remains, report: CrashReport): string[] {
  const ids = new Set(jobs.map(({ id }) => id));
  const accepted = new Set(report.jobs.map(({ id }) => id));
  return [
    ...each(
      'a job that did not end',
      jobs.filter(({ status }) => isOpen(status)).map(({ id }) => id),
    ),
    ...each(
      'a job that was accepted and is not there',
      [...accepted].filter((id) => !ids.has(id)),
    ),
    ...each(
      'a job that nobody was told of',
      [...ids].filter((id) => !accepted.has(id)),
    ),
    ...each(
      'a request accepted twice',
      repeated(jobs, ({ request, dataset_id, model }) => [request, dataset_id, model]),
    ),
  ];
}

function faultsOfTrials({ jobs, trials, versions, models }: Remains): string[] {
  const jobIds = new Set(jobs.map(({ id }) => id));
  const byTrial = new Map(versions.map((version) => [version.trial_id, version]));
  const trialIds = new Set(trials.map(({ id }) => id));
  const versionKeys = new Set(versions.map(({ model, version }) => `${model}/${version}`));
  return [
    ...each(
      'a trial that did not end',
      trials.filter(({ status }) => isOpen(status)).map(({ id }) => id),
    ),
    ...each(
      'a trial planned twice',
      repeated(trials, ({ job_id, position }) => [job_id, position]),
    ),
    ...each(
      'a trial of no job',
      trials.filter(({ job_id }) => !jobIds.has(job_id)).map(({ id }) => id),
    ),
    ...each(
      'a trial with two versions',
      repeated(versions, ({ trial_id }) => trial_id),
    ),
    ...each(
      'a trial that succeeded without its version',
      trials
        .filter(({ kind, status, id }) => kind === 'candidate' && status === 'succeeded' && !byTrial.has(id))
        .map(({ id }) => id),
    ),
    ...each(
      'a version of no trial',
      versions.filter(({ trial_id }) => !trialIds.has(trial_id)).map(({ trial_id }) => trial_id),
    ),
    ...each(
      'a champion that is not there',
      models
        .filter(({ name, champion_version }) => champion_version && !versionKeys.has(`${name}/${champion_version}`))
        .map(({ name }) => name),
    ),
  ];
}

/** Metrics hears each message of a job once: one line of the timeline each, and no line without its message. */
function faultsOfTimelines({ jobs, outbox, events }: Remains): string[] {
  const heard = outbox.filter(
    ({ queue, envelope }) => queue === 'metrics' && (JSON.parse(envelope) as { jobId?: string }).jobId !== undefined,
  );
  const messages = new Set(heard.map(({ id }) => id));
  const lines = new Set(events.map(({ message_id }) => message_id));
  const ends = Map.groupBy(
    events.filter(({ type }) => type === 'training.finished'),
    ({ job_id }) => job_id,
  );
  return [
    ...each(
      'a message without its line in the timeline',
      [...messages].filter((id) => !lines.has(id)),
    ),
    ...each(
      'a line of the timeline without its message',
      [...lines].filter((id) => !messages.has(id)),
    ),
    ...each(
      'a message with two lines',
      repeated(events, ({ message_id }) => message_id),
    ),
    ...each(
      'a timeline without one end',
      jobs.filter(({ id }) => ends.get(id)?.length !== 1).map(({ id }) => id),
    ),
  ];
}

function faultsOfMessages({ outbox, inbox, deadLetters, messagesLeft }: Remains): string[] {
  const handled = new Set(inbox.map(({ message_id, queue }) => `${queue}/${message_id}`));
  return [
    ...each(
      'a message that was not handled',
      outbox.filter(({ state }) => state !== 'handled').map(({ id, queue, state }) => ({ id, queue, state })),
    ),
    ...each(
      'a handled message that the inbox does not know',
      outbox
        .filter(({ id, queue, state }) => state === 'handled' && !handled.has(`${queue}/${id}`))
        .map(({ id }) => id),
    ),
    ...each(
      'a message that died',
      deadLetters.map(({ message_id, queue, type, reasons }) => ({ message_id, queue, type, reasons })),
    ),
    ...each('a message left in a queue', messagesLeft),
  ];
}

function faultsOfObjects(remains: Remains): string[] {
  const named = namedObjects(remains);
  const objects = new Set(remains.objects);
  return [
    ...each(
      'an object that nothing names',
      remains.objects.filter((key) => !named.has(key)),
    ),
    ...each(
      'a named object that is gone',
      [...named].filter((key) => !objects.has(key)),
    ),
    ...each('a file left behind', remains.filesLeft),
  ];
}
