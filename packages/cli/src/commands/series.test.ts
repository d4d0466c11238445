import { expect, test } from '@jest/globals';
import { fakeServer } from '../testing/fake-server.ts';
import { runCaptured } from '../testing/run-captured.ts';

const found = {
  series: [
    {
      id: 'TB3MS',
      title: '3-Month Treasury Bill',
      units: 'Percent',
      frequency: 'Monthly',
      seasonalAdjustment: 'Not Seasonally Adjusted',
      observationStart: '1934-01-01',
      observationEnd: '2026-10-01',
      popularity: 78,
    },
  ],
  page: 1,
  pages: 1,
  total: 1,
};

test('a search is narrowed by what is asked for, and shows what series there are', async () => {
  await using server = await fakeServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(found));
  });
  const options = ['--frequency', 'Monthly', '--seasonal-adjustment', 'NSA', '--units', 'Percent', '--tags', 'usa,frb'];

  const { code, out } = await runCaptured(['series', 'bill rate', ...options, '--url', server.url]);

  const asked = server.requests
    .map(({ url }) => new URL(url, server.url))
    .find(({ pathname }) => pathname === '/v1/series');
  expect(Object.fromEntries(asked?.searchParams ?? [])).toEqual({
    search: 'bill rate',
    page: '1',
    units: 'Percent',
    frequency: 'Monthly',
    seasonalAdjustment: 'NSA',
    tags: 'usa;frb',
  });
  expect(code).toBe(0);
  expect(out).toContain('TB3MS');
  expect(out).toContain('Not Seasonally Adjusted');
});

test.each([
  ['--frequency', 'hourly'],
  ['--seasonal-adjustment', 'maybe'],
])('%s %s is wrong usage', async (...option) => {
  expect(await runCaptured(['series', 'rate', ...option])).toMatchObject({ code: 2 });
});
