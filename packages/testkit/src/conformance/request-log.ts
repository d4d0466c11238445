import type { RequestLog, RequestLogEntry } from '@bellwether/platform';
import { expect } from '@jest/globals';
import { type Case, registerSuite } from './cases.ts';

/** An open, empty request log. */
export interface RequestLogSubject {
  readonly log: RequestLog;
  /** a second view of the same log, as another process has it */
  readonly reopen: () => Promise<RequestLog>;
  readonly close: () => Promise<void>;
}

type RequestLogCase = Case<RequestLogSubject, never>;

const start = Date.UTC(2026, 10, 21, 9, 30);

function entry(number: number, changes: Partial<RequestLogEntry> = {}): RequestLogEntry {
  return {
    id: `r_${number}`,
    tenantId: 'ana',
    service: 'inference',
    at: start + number,
    method: 'POST',
    path: '/v1/models/m/predictions',
    status: 200,
    duration: 1.5,
    request: '{"n":1}',
    response: '{"ok":true}',
    ...changes,
  };
}

async function append(log: RequestLog, entries: readonly RequestLogEntry[]): Promise<void> {
  for (const each of entries) await log.append(each);
}

const ids = (requests: readonly { readonly id: string }[]) => requests.map(({ id }) => id);

const cases: readonly RequestLogCase[] = [
  {
    title: 'gives back what was appended, newest first, with times in ISO-8601',
    async run({ log }) {
      await append(log, [entry(1), entry(2, { request: undefined, response: undefined, status: 404 })]);
      expect((await log.list({ tenantId: 'ana', limit: 10 })).requests).toEqual([
        expect.objectContaining({ id: 'r_2', status: 404, at: '2026-11-21T09:30:00.002Z' }),
        {
          id: 'r_1',
          at: '2026-11-21T09:30:00.001Z',
          service: 'inference',
          method: 'POST',
          path: '/v1/models/m/predictions',
          status: 200,
          duration: 1.5,
          request: '{"n":1}',
          response: '{"ok":true}',
        },
      ]);
      expect((await log.list({ tenantId: 'ana', limit: 1 })).requests[0]).not.toHaveProperty('request');
    },
  },
  {
    title: 'has every appended entry on record when its promise resolves, however many come at once',
    async run({ log, reopen }) {
      await Promise.all(Array.from({ length: 300 }, (_, number) => log.append(entry(number))));
      const other = await reopen();
      expect(await other.count({ tenantId: 'ana' })).toBe(300);
      await other.close();
    },
  },
  {
    title: 'writes what is waiting when it is closed',
    async run({ log, reopen }) {
      const waiting = log.append(entry(1));
      await log.close();
      await waiting;
      const other = await reopen();
      expect(await other.count({ tenantId: 'ana' })).toBe(1);
      await other.close();
    },
  },
  {
    title: 'refuses entries after it was closed',
    async run({ log }) {
      await log.close();
      await expect(log.append(entry(1))).rejects.toThrow();
    },
  },
  {
    title: 'pages without gaps or repeats while new entries arrive',
    async run({ log }) {
      await append(
        log,
        [1, 2, 3, 4, 5].map((number) => entry(number)),
      );
      const first = await log.list({ tenantId: 'ana', limit: 2 });
      await append(log, [entry(6)]);
      const second = await log.list({ tenantId: 'ana', limit: 2, cursor: first.nextCursor });
      const third = await log.list({ tenantId: 'ana', limit: 2, cursor: second.nextCursor });
      expect([first, second, third].flatMap(({ requests }) => ids(requests))).toEqual([
        'r_5',
        'r_4',
        'r_3',
        'r_2',
        'r_1',
      ]);
      expect(third).not.toHaveProperty('nextCursor');
    },
  },
  {
    title: 'has no next page when the last one is just full',
    async run({ log }) {
      await append(log, [entry(1), entry(2)]);
      expect(await log.list({ tenantId: 'ana', limit: 2 })).not.toHaveProperty('nextCursor');
    },
  },
  {
    title: 'shows and counts nothing of another tenant',
    async run({ log }) {
      await append(log, [entry(1), entry(2, { tenantId: 'bob' }), entry(3, { tenantId: '' })]);
      expect(ids((await log.list({ tenantId: 'bob', limit: 10 })).requests)).toEqual(['r_2']);
      expect(await log.count({ tenantId: 'bob' })).toBe(1);
      expect(await log.count({ tenantId: 'nobody' })).toBe(0);
    },
  },
  {
    title: 'filters by the beginning of the path, letter by letter, and by status',
    async run({ log }) {
      await append(log, [
        entry(1, { path: '/v1/jobs/a_b' }),
        entry(2, { path: '/v1/jobs/axb', status: 404 }),
        entry(3, { path: '/V1/jobs/a_b' }),
        entry(4, { path: '/v1/jobs', status: 404 }),
      ]);
      const list = async (filter: object) => ids((await log.list({ tenantId: 'ana', limit: 10, ...filter })).requests);
      expect(await list({ path: '/v1/jobs/a_b' })).toEqual(['r_1']);
      expect(await list({ path: '/v1/jobs/%' })).toEqual([]);
      expect(await list({ path: '/v1/', status: 404 })).toEqual(['r_4', 'r_2']);
      expect(await log.count({ tenantId: 'ana', path: '/v1/jobs' })).toBe(3);
      expect(await log.count({ tenantId: 'ana', status: 404 })).toBe(2);
    },
  },
  {
    title: 'keeps any text as it is',
    async run({ log }) {
      const text = 'naïve 漢字 😀 "quoted" \\ \n\t $path ?';
      await append(log, [entry(1, { request: text, response: text, path: '/v1/x?q=%27;--' })]);
      expect((await log.list({ tenantId: 'ana', limit: 1 })).requests[0]).toMatchObject({
        request: text,
        response: text,
      });
    },
  },
  {
    title: 'refuses a cursor that is none of its own',
    async run({ log }) {
      await expect(log.list({ tenantId: 'ana', limit: 1, cursor: "1' or '1'='1" })).rejects.toMatchObject({
        code: 'invalid-request',
        options: { field: 'cursor' },
      });
    },
  },
];

/**
 * Registers the specifications that every request log must meet as tests.
 *
 * @param open makes an empty log, for one case
 */
export function requestLogConformance(name: string, open: () => Promise<RequestLogSubject>): void {
  registerSuite({ name, open, cases, lacks: {}, close: (subject) => subject.close() });
}
