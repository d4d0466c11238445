import { z } from 'zod';
import { message } from '../message.ts';

/** Rows were accepted that shall follow those of the newest dataset of a name: together they are a new one. */
export const RowsAppended = message('rows.appended', z.object({ datasetId: z.string() }));

/** Rows could not be appended after all their attempts. */
export const AppendFailed = message('append.failed', RowsAppended.body.extend({ reasons: z.array(z.string()) }));
