export { type DeployLocalOptions, deployLocal } from './local/deploy-local.ts';
export { DeploymentFailed } from './local/deploy-stack.ts';
export type { Exports } from './local/exports.ts';
export { waitForServices } from './local/wait-for-services.ts';
export { localUrls, type ServiceUrls } from './local-stack.ts';
