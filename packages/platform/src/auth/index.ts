export { hashApiKey, newApiKey } from './api-key.ts';
export type { Authentication, Caller } from './authenticate.ts';
export { type KeyAuthenticationOptions, keyAuthentication } from './key-authentication.ts';
export { isLoopback } from './loopback.ts';
export {
  InsecureAuthentication,
  type OpenAuthenticationOptions,
  openAuthentication,
} from './open-authentication.ts';
export { localTenant, tenantOf } from './tenant.ts';
