export * from './temporary-database.ts';
export * from './temporary-folder.ts';
