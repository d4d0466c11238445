export { allServices } from './services.ts';
