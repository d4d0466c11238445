import { types } from 'node:util';

// Jest runs tests in a realm of their own, where an error made by Node itself is not `instanceof Error`: code that
// asks would take another path under test than in production.
Object.defineProperty(Error, Symbol.hasInstance, {
  value(candidate) {
    if (this === Error)
      return types.isNativeError(candidate) || Function.prototype[Symbol.hasInstance].call(this, candidate);
    return Function.prototype[Symbol.hasInstance].call(this, candidate);
  },
});
