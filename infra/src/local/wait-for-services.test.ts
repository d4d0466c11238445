import { services } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { localUrls } from '../local-stack.ts';
import { waitForServices } from './wait-for-services.ts';

test('each service is asked until it is ready, and no longer', async () => {
  const asked: string[] = [];
  const isReady = async (url: string) => {
    asked.push(url);
    return url !== localUrls.training || asked.filter((each) => each === url).length === 3;
  };
  const options = { timeoutMilliseconds: 60_000, pollMilliseconds: 0, isReady };
  expect(await waitForServices(localUrls, options)).toEqual([]);
  expect(asked).toHaveLength(services.length + 2);
});

test('those that are not ready in time are named', async () => {
  const isReady = async (url: string) => url !== localUrls.metrics;
  expect(await waitForServices(localUrls, { timeoutMilliseconds: 0, isReady })).toEqual(['metrics']);
});

test('an address where nobody listens is not ready', async () => {
  const nobody = Object.fromEntries(services.map((service) => [service, 'http://127.0.0.1:1'])) as typeof localUrls;
  expect(await waitForServices(nobody, { timeoutMilliseconds: 0 })).toEqual(services);
});
