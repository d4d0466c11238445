import { defineService } from '@bellwether/platform';
import type { Deps } from './deps.ts';
import { recordEvent } from './handlers/record-event.ts';
import { cancelJob } from './routes/cancel-job.ts';
import { listDeadLetters, redriveDeadLetter } from './routes/dead-letters.ts';
import { listJobEvents } from './routes/list-job-events.ts';
import { listRequests } from './routes/list-requests.ts';
import { getJob, listJobs } from './routes/read-jobs.ts';

/** Every event in; timelines, the request log and dead letters out. */
export const metrics = defineService<'metrics', Deps>({
  service: 'metrics',

  handlers: {
    datasetReady: recordEvent,
    datasetRejected: recordEvent,
    enrichmentRequested: recordEvent,
    enrichmentFinished: recordEvent,
    trainingRequested: recordEvent,
    trialFinished: recordEvent,
    trainingFinished: recordEvent,
    championPromoted: recordEvent,
    cancelRequested: recordEvent,
  },

  routes: {
    listJobs,
    getJob,
    listJobEvents,
    cancelJob,
    listRequests,
    listDeadLetters,
    redriveDeadLetter,
  },

  async open(platform) {
    return { deps: platform };
  },
});
