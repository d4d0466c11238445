/** What of an error of mysql2 says what happened. Server errors have a number, network errors a code, some neither. */
type Failure = { readonly errno?: unknown; readonly code?: unknown; readonly message?: unknown } | null | undefined;

/** Numbers are those of MySQL and MariaDB: "Server Error Message Reference", "MariaDB Error Codes". */
const victims = new Set<unknown>([
  1213, // deadlock
  1020, // MariaDB: the row changed since the transaction's snapshot
]);

const lockWaitTimeout = 1205;

const gone = new Set<unknown>([
  1040, // too many connections
  1053, // server shutdown in progress
  1077, // normal shutdown
  1079, // shutdown complete
  1080, // forced close of a thread
  1158, // read error on a connection
  1159, // read timeout
  1160, // write error
  1161, // write timeout
  1927, // MariaDB: connection was killed
  2006, // server has gone away
  2013, // connection lost during a query
  2055, // connection lost at …
  4031, // MySQL: disconnected because of inactivity
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
]);

/** mysql2 gives this one neither a number nor a code. */
const closedState = 'closed state';

/** Whether transactions were in each other's way, and this one had to make room, at once. */
export function deadlocked(error: unknown): boolean {
  return victims.has((error as Failure)?.errno);
}

/** Whether a lock was not to be had within the server's patience, which is 50 s unless it is told otherwise. */
export function waitedInVain(error: unknown): boolean {
  return (error as Failure)?.errno === lockWaitTimeout;
}

/** Whether there was no connection, or it ended, before an answer came. */
export function connectionLost(error: unknown): boolean {
  const failure = error as Failure;
  return gone.has(failure?.errno) || gone.has(failure?.code) || neverSent(error);
}

/** Whether the client knew that the connection had ended, and so sent nothing. */
export function neverSent(error: unknown): boolean {
  const message = (error as Failure)?.message;
  return typeof message === 'string' && message.includes(closedState);
}
