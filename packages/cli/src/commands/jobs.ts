import { type Job, type JobEvent, JobStatus } from '@bellwether/contracts';
import { type Command, Option } from 'commander';
import type { Client } from '../client/client.ts';
import { followJob, isOpen } from '../client/follow-job.ts';
import { listFirst } from '../client/list-first.ts';
import { CommandFailure } from '../failure.ts';
import { duration, time } from '../terminal/figures.ts';
import { type Paint, paintFor } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import { createProgress } from '../terminal/progress.ts';
import { facts, table } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConnectedOptions, connectedOptions, printJson, withClient } from './connected.ts';
import { addExamples } from './examples.ts';
import { wholeNumber } from './parse-options.ts';

interface JobsOptions extends ConnectedOptions {
  readonly follow?: boolean;
  readonly cancel?: boolean;
  readonly status?: JobStatus;
  readonly limit: number;
}

/** `bellwether jobs`: all of them, or one with its timeline. */
export function addJobs(program: Command, terminal: Terminal): void {
  const command = program
    .command('jobs')
    .summary('list jobs; show, follow or cancel one')
    .argument('[id]', 'show this job and its timeline')
    .option('--follow', 'wait until the job ends; fails if the job does')
    .option('--cancel', 'ask the job to stop')
    .addOption(new Option('--status <status>', 'only jobs in this state').choices(JobStatus.options))
    .option('--limit <number>', 'how many to list, newest first', wholeNumber(1, 100_000), 20);
  addExamples(connectedOptions(command), terminal, ['jobs --status failed']);
  command.action((id: string | undefined, options: JobsOptions) => runJobs(terminal, id, options));
}

async function runJobs(terminal: Terminal, id: string | undefined, options: JobsOptions): Promise<void> {
  if (id === undefined && (options.follow || options.cancel)) {
    throw new CommandFailure('usage', 'Say which job: give its id.', { exitCode: 2 });
  }
  await withClient(terminal, options, async (client, signal) => {
    if (id === undefined) return await printJobs(terminal, client, options, signal);
    if (options.cancel) await client.call('cancelJob', { params: { id } }, signal);
    // A cancelled job ends within a second; it is shown as it ended.
    const job = options.follow || options.cancel ? await follow(terminal, client, id, options, signal) : undefined;
    await printJob(terminal, client, id, options, signal);
    if (options.follow && job?.status === 'failed') throw new CommandFailure('job-failed', `Job ${id} failed.`);
  });
}

async function follow(terminal: Terminal, client: Client, id: string, options: JobsOptions, signal: AbortSignal) {
  const progress = createProgress(terminal.err, terminal.env, options.json);
  const onJob = (job: Job) => progress.show(`${job.kind} ${job.status}`, job.progress);
  try {
    return await followJob(client, id, { onJob }, signal);
  } finally {
    progress.clear();
  }
}

async function printJobs(terminal: Terminal, client: Client, options: JobsOptions, signal: AbortSignal): Promise<void> {
  const jobs = await listFirst(options.limit, async (query) => {
    const page = await client.call('listJobs', { query: { ...query, status: options.status } }, signal);
    return { items: page.jobs, nextCursor: page.nextCursor };
  });
  if (options.json) return printJson(terminal, { jobs });
  const columns = [
    { head: 'id' },
    { head: 'kind' },
    { head: 'model' },
    { head: 'status' },
    { head: 'progress', align: 'right' },
    { head: 'created' },
    { head: 'took', align: 'right' },
  ] as const;
  const rows = jobs.map((job) => [
    job.id,
    job.kind,
    job.model ?? '',
    job.status,
    `${Math.floor(job.progress * 100)} %`,
    time(job.createdAt),
    tookOf(job),
  ]);
  terminal.out.write(table(columns, rows, paintFor(terminal.out, terminal.env)));
}

async function printJob(
  terminal: Terminal,
  client: Client,
  id: string,
  options: JobsOptions,
  signal: AbortSignal,
): Promise<void> {
  const { events, job } = await client.call('listJobEvents', { params: { id } }, signal);
  if (options.json) return printJson(terminal, { job, events });
  const paint = paintFor(terminal.out, terminal.env);
  terminal.out.write(jobFacts(job, paint));
  if (events.length > 0) terminal.out.write(`\n${events.map((event) => eventLine(event, id)).join('')}`);
}

function jobFacts(job: Job, paint: Paint): string {
  return facts(
    [
      ['id', job.id],
      ['kind', job.kind],
      ['model', job.model],
      ['dataset', job.datasetId],
      ['step of', job.parentId],
      ['status', job.status],
      ['progress', isOpen(job) ? `${Math.floor(job.progress * 100)} %` : undefined],
      ['created', time(job.createdAt)],
      ['took', tookOf(job) || undefined],
      ['asked', JSON.stringify(job.request)],
      ['result', job.result && JSON.stringify(job.result)],
      ['error', job.error && `${job.error.detail} (${job.error.code})`],
    ],
    paint,
  );
}

/** The id of the job itself is known; of another one, which a run has ordered, it is the news. */
function eventLine({ at, type, body }: JobEvent, id: string): string {
  const { jobId, runId: _run, ...others } = body;
  const rest = jobId === undefined || jobId === id ? others : { jobId, ...others };
  return `${time(at)}  ${type.padEnd(18)}  ${printable(JSON.stringify(rest))}\n`;
}

function tookOf({ createdAt, finishedAt }: Job): string {
  return finishedAt === undefined ? '' : duration((Date.parse(finishedAt) - Date.parse(createdAt)) / 1000);
}
