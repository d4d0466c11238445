import { z } from 'zod';
import { message } from '../message.ts';

/**
 * Somebody outside put a message of their own into the pipelines' queue, without our envelope. Whether it can be used
 * is for its handler to say: here it is only carried.
 */
export const ForecastAsked = message(
  'forecast.asked',
  z.object({
    message: z.unknown(),
    /** the queue's id of it */
    messageId: z.string(),
  }),
);

/** It could not be used, or not in all its attempts. */
export const ForecastRefused = message('forecast.refused', ForecastAsked.body.extend({ reasons: z.array(z.string()) }));
