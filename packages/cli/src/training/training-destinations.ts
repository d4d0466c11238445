import type { Command } from 'commander';
import type { Destination } from '../destination/destination.ts';
import { openDestination } from '../destination/open-destination.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Options of `train` that name places to copy to. */
export interface DestinationOptions {
  readonly dataDest?: string;
  readonly modelDest?: string;
  readonly championDest?: string;
  readonly logDest?: string;
}

/** The places to copy to; one that is absent was not asked for. */
export interface TrainingDestinations {
  readonly data?: Destination;
  readonly models?: Destination;
  readonly champion?: Destination;
  readonly log?: Destination;
}

/** Adds the options by which what training produced is copied. */
export function destinationOptions(command: Command): Command {
  return command
    .option('--data-dest <place>', 'copy the rows that trained and that were held out (Parquet) to a folder or s3://…')
    .option('--model-dest <place>', 'copy every model of the job (model.tar.gz)')
    .option('--champion-dest <place>', 'copy the champion apart')
    .option('--log-dest <place>', 'write a log (JSON lines) that ties data, models, metrics and champion together');
}

/** @throws CommandFailure `destination-refused` */
export async function openDestinations(
  { dataDest, modelDest, championDest, logDest }: DestinationOptions,
  { env }: Pick<Terminal, 'env'>,
): Promise<TrainingDestinations> {
  const open = async (place: string | undefined) =>
    place === undefined ? undefined : await openDestination(place, env);
  const [data, models, champion, log] = [
    await open(dataDest),
    await open(modelDest),
    await open(championDest),
    await open(logDest),
  ];
  return { ...(data && { data }), ...(models && { models }), ...(champion && { champion }), ...(log && { log }) };
}
