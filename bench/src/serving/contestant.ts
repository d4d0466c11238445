/** A server under measurement. All of them take the same requests. */
export interface Contestant {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
}

export const predictionPath = '/v1/models/bench/predictions';

export const bodyOf = (instance: readonly number[]): string => JSON.stringify({ instances: [instance] });
