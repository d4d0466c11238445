/** How much goes round. */
export interface Load {
  /** after which no message leads to a further one */
  readonly seconds: number;
  /** about so many at most, however fast it goes */
  readonly messages: number;
  /** received and not yet deleted, at most */
  readonly inFlight: number;
  /** all that exist at a time, in flight or in the queue */
  readonly waiting: number;
}

export interface Round {
  readonly messages: number;
  readonly seconds: number;
  /** messages a second */
  readonly rate: number;
  /** seconds of CPU that this process used, which a busy machine does not distort as it does the rate */
  readonly cpu: number;
}

export interface Contestant {
  readonly name: string;
  run(load: Load): Promise<Round>;
}
