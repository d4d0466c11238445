export { type DatabaseRequestLogOptions, openDatabaseRequestLog } from './database-request-log.ts';
export type { RequestFilter, RequestLog, RequestLogEntry, RequestPage } from './request-log.ts';
export type { RetentionLimits } from './retention.ts';
export { openSqliteRequestLog, type SqliteRequestLogOptions } from './sqlite-request-log.ts';
