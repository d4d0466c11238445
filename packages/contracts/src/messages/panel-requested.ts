import { z } from 'zod';
import { message } from '../message.ts';

/** The tables of a forecast are to be made into regular series. */
export const PanelRequested = message('panel.requested', z.object({ jobId: z.string() }));

/** The series of a forecast are regular, and stored in chunks that `panelKey` lists. */
export const PanelPrepared = message(
  'panel.prepared',
  z.object({
    jobId: z.string(),
    panelKey: z.string(),
    /** what was done to the data and why, a sentence each */
    notes: z.array(z.string()),
  }),
);

/** The tables of a forecast cannot be made into series. */
export const PanelFailed = message(
  'panel.failed',
  z.object({ jobId: z.string(), code: z.string().optional(), reasons: z.array(z.string()) }),
);

/** What enrichment had made for a forecast is gone. */
export const PanelDiscarded = message('panel.discarded', z.object({ jobId: z.string() }));
