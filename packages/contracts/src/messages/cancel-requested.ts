import { z } from 'zod';
import { JobKind } from '../http/jobs.ts';
import { message } from '../message.ts';

/** Someone asked for a job to stop; the service that accepted the job acts on it, the others ignore it. */
export const CancelRequested = message('cancel.requested', z.object({ jobId: z.string(), kind: JobKind }));
