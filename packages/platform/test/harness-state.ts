import { emit, flow } from '@bellwether/contracts';
import { type ConsumerHarness, eventually } from '@bellwether/testkit';

export const ask = (jobId: string) => emit(flow.trainingRequested, { jobId }, { jobId });

/** Decides on one message, as a route would. */
export async function send(harness: ConsumerHarness, id: string, jobId = 'job_1'): Promise<void> {
  await harness.perform({ id, tenantId: 't' }, async () => ({ result: undefined, messages: [ask(jobId)] }));
}

export const outbox = ({ database }: ConsumerHarness, queue = 'training') =>
  database.read.selectFrom('outbox').selectAll().where('queue', '=', queue).orderBy('created_at').execute();
export const deadLetters = ({ database }: ConsumerHarness) =>
  database.read.selectFrom('dead_letters').selectAll().execute();

export const stateOf = (harness: ConsumerHarness, state: string, queue = 'training') =>
  eventually(`a message in state ${state}`, async () =>
    (await outbox(harness, queue)).find((row) => row.state === state),
  );
