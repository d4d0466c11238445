export { DataFolderInUse } from './data-folder.ts';
export { newId } from './ids.ts';
export { openPlatform, type Platform } from './platform.ts';
export { runProcess } from './run-process.ts';
export { type RunningServices, runServices } from './run-services.ts';
export {
  type AnyService,
  defineService,
  type Handler,
  type OpenService,
  type PeriodicTask,
  type Route,
  type ServiceDefinition,
} from './service.ts';
