export { startFakesnow } from './start-fakesnow.ts';
