export { type Fault, type FredOptions, type FredServer, sampleKey, startFred } from './start-fred.ts';
