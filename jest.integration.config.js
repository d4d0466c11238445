import base from './jest.config.js';

/**
 * What needs LocalStack and MariaDB: the ports' conformance suites and the database's queries on the real thing, and the
 * whole-platform tests once more, on SQS, S3 and MySQL. `.ci/integration` starts both and runs this.
 */
export default {
  ...base,
  roots: ['<rootDir>/test', '<rootDir>/packages/database/test'],
  testMatch: [
    '**/test/integration/*.integration.ts',
    '**/packages/database/test/*.test.ts',
    '**/test/{inventory,journey,items,automations,predictions,redelivery,tenants,bad-input}.test.ts',
  ],
  maxWorkers: 1,
};
