import { z } from 'zod';
import { message } from '../message.ts';

/** A model has a new champion, or its source a new dataset: the features of its items are to be computed anew. */
export const ItemsOutdated = message('items.outdated', z.object({ model: z.string() }));
