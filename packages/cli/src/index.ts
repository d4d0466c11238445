export { run } from './run.ts';
export { allServices } from './services.ts';
export type { Screen, StopSignal, Terminal } from './terminal/terminal.ts';
