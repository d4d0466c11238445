import base from './jest.config.js';

/**
 * What needs a real Triton: 436 MB of packages from PyPI and Debian's Python 3.11. Run by hand with `pnpm test:triton`,
 * not in CI.
 */
export default {
  ...base,
  roots: ['<rootDir>/test'],
  testMatch: ['**/test/triton/*.triton.ts'],
  maxWorkers: 1,
};
