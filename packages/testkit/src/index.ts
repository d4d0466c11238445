export * from './consumer-harness.ts';
export * from './eventually.ts';
export * from './rows.ts';
export * from './service-case.ts';
export * from './temporary-database.ts';
export * from './temporary-folder.ts';
export * from './temporary-mysql-database.ts';
