import { expect } from '@jest/globals';
import { atOnce, entries, patient, type QueueCase, receiveMany, receiveOne } from './queue-subject.ts';

/** SQS's 1 MiB less what the port keeps for the id. */
const largestBody = 'x'.repeat(1_048_576 - 1_024);

const ids = (messages: readonly { readonly id: string }[]) => messages.map(({ id }) => id);

export const deliveryCases: readonly QueueCase[] = [
  {
    title: 'delivers everything that was sent, with its id, body and time',
    async run({ queue, name }) {
      const before = Date.now();
      expect(await queue.send(name, entries(23))).toEqual([]);
      const received = await receiveMany((options) => queue.receive(name, options), 23);
      const sorted = received.map(({ id, body }) => ({ id, body })).sort((a, b) => a.body.localeCompare(b.body));
      expect(sorted).toEqual(entries(23).sort((a, b) => a.body.localeCompare(b.body)));
      expect(received.every(({ receives }) => receives === 1)).toBe(true);
      // Peers may cut the time to whole seconds.
      expect(Math.min(...received.map(({ sentAt }) => sentAt))).toBeGreaterThanOrEqual(before - 1_000);
    },
  },
  {
    title: 'returns the entries that SQS would refuse, with a reason each, and sends the others',
    async run({ queue, name }) {
      const failures = await queue.send(name, [
        { id: 'empty', body: '' },
        { id: 'large', body: `${largestBody}x` },
        { id: 'control', body: 'a\u0000b' },
        { id: '', body: 'no id' },
        { id: 'late', body: 'x', delaySeconds: 901 },
        { id: 'good', body: 'x' },
      ]);
      expect(ids(failures)).toEqual(['empty', 'large', 'control', '', 'late']);
      expect(failures.every(({ reason }) => reason.length > 10)).toBe(true);
      expect(ids(await receiveMany((options) => queue.receive(name, options), 1))).toEqual(['good']);
    },
  },
  {
    title: 'sends several bodies of the largest size in one call',
    async run({ queue, name }) {
      const large = ['a', 'b', 'c'].map((id) => ({ id, body: largestBody }));
      expect(await queue.send(name, large)).toEqual([]);
      const received = await receiveMany((options) => queue.receive(name, options), 3);
      expect(ids(received).sort()).toEqual(['a', 'b', 'c']);
      expect(received.every(({ body }) => body === largestBody)).toBe(true);
    },
  },
  {
    title: 'carries text of any language and ids of any characters',
    async run({ queue, name }) {
      const entry = { id: 'job:7/é', body: 'naïve 漢字 "quoted" \\ \n\t' };
      expect(await queue.send(name, [entry])).toEqual([]);
      expect(await receiveOne(queue, name)).toMatchObject(entry);
    },
  },
  {
    title: 'carries characters beyond the basic plane',
    needs: 'astral-characters',
    async run({ queue, name }) {
      expect(await queue.send(name, [{ id: 'x', body: '😀' }])).toEqual([]);
      expect((await receiveOne(queue, name)).body).toBe('😀');
    },
  },
  {
    title: 'keeps queues apart',
    async run({ queue, name, otherName }) {
      await queue.send(name, entries(1, 'here'));
      await queue.send(otherName, entries(1, 'there'));
      expect(ids(await queue.receive(otherName, patient))).toEqual(['there0']);
      expect(ids(await queue.receive(name, patient))).toEqual(['here0']);
    },
  },
  {
    title: 'never leases a message to two consumers at once',
    async run({ queue, name }) {
      await queue.send(name, entries(40));
      const seen: string[] = [];
      const consume = async () => {
        while (seen.length < 40) seen.push(...ids(await queue.receive(name, { ...atOnce, max: 3 })));
      };
      await Promise.all([consume(), consume(), consume()]);
      expect(new Set(seen).size).toBe(40);
      expect(seen).toHaveLength(40);
    },
  },
  {
    title: 'gives at most as many as asked for',
    async run({ queue, name }) {
      await queue.send(name, entries(5));
      expect((await queue.receive(name, { ...patient, max: 2 })).length).toBeLessThanOrEqual(2);
    },
  },
  {
    title: 'gives messages in the order in which they were sent',
    needs: 'order',
    async run({ queue, name }) {
      await queue.send(name, entries(12));
      await queue.send(name, entries(3, 'later'));
      const received = await receiveMany((options) => queue.receive(name, options), 15);
      expect(ids(received)).toEqual([...ids(entries(12)), ...ids(entries(3, 'later'))]);
    },
  },
  {
    title: 'ignores a second message with an id that is still queued, leased or not',
    needs: 'one-per-id',
    async run({ queue, name }) {
      await queue.send(name, [...entries(1), ...entries(1)]);
      const first = await receiveOne(queue, name);
      expect(await queue.send(name, entries(1))).toEqual([]);
      expect(await queue.receive(name, atOnce)).toEqual([]);
      await queue.delete(name, [first.receipt]);
      await queue.send(name, entries(1));
      expect((await receiveOne(queue, name)).receives).toBe(1);
    },
  },
  {
    title: 'gives each of two waiting receivers a share',
    needs: 'fair-shares',
    async run({ queue, name }) {
      const waiting = [queue.receive(name, patient), queue.receive(name, patient)];
      await queue.send(name, entries(5));
      const shares = (await Promise.all(waiting)).map(({ length }) => length);
      expect(shares).toEqual([3, 2]);
    },
  },
  {
    title: 'counts messages that are visible, leased and delayed',
    async run({ queue, name }) {
      await queue.send(name, entries(3));
      await queue.send(name, [{ id: 'later', body: 'x', delaySeconds: 900 }]);
      await receiveOne(queue, name);
      expect(await queue.counts(name)).toEqual({ visible: 2, inFlight: 1, delayed: 1, dead: 0 });
    },
  },
];
