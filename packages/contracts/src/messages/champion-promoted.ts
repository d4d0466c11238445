import { z } from 'zod';
import { message } from '../message.ts';

/** A version became the one that answers predictions of its model. */
export const ChampionPromoted = message(
  'champion.promoted',
  z.object({ model: z.string(), version: z.int(), revision: z.int(), reason: z.string() }),
);
