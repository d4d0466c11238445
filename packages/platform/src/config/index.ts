export * from './read-config.ts';
export { type Config, Variables } from './variables.ts';
