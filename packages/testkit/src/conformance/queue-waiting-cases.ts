import { expect } from '@jest/globals';
import { atOnce, entries, patient, type QueueCase, receiveOne } from './queue-subject.ts';

export const waitingCases: readonly QueueCase[] = [
  {
    title: 'answers at once with nothing when asked not to wait',
    async run({ queue, name }) {
      expect(await queue.receive(name, atOnce)).toEqual([]);
    },
  },
  {
    title: 'ends an empty wait after its time',
    async run({ queue, name }) {
      expect(await queue.receive(name, { ...patient, waitSeconds: 1 })).toEqual([]);
    },
  },
  {
    title: 'wakes a waiting receiver by a send',
    async run({ queue, name }) {
      const waiting = queue.receive(name, { ...patient, waitSeconds: 20 });
      await queue.send(name, entries(1));
      expect((await waiting).map(({ id }) => id)).toEqual(['m0']);
    },
  },
  {
    title: 'holds a delayed message back and wakes a waiting receiver when it is due',
    async run({ queue, name }) {
      await queue.send(name, [{ id: 'late', body: 'x', delaySeconds: 1 }]);
      expect(await queue.receive(name, atOnce)).toEqual([]);
      expect((await receiveOne(queue, name)).id).toBe('late');
    },
  },
  {
    title: 'ends a wait by its signal',
    async run({ queue, name }) {
      const stop = new AbortController();
      const waiting = queue.receive(name, { ...patient, waitSeconds: 20, signal: stop.signal });
      stop.abort();
      expect(await waiting).toEqual([]);
    },
  },
  {
    title: 'does not begin to wait when the signal is aborted already',
    async run({ queue, name }) {
      await queue.send(name, entries(1));
      expect(await queue.receive(name, { ...patient, signal: AbortSignal.abort() })).toEqual([]);
      expect((await receiveOne(queue, name)).receives).toBe(1);
    },
  },
  {
    title: 'delivers what is sent after a wait was ended to the next receiver',
    needs: 'aborted-poll-keeps-messages',
    async run({ queue, name }) {
      const stop = new AbortController();
      const waiting = queue.receive(name, { ...patient, waitSeconds: 20, visibilitySeconds: 1, signal: stop.signal });
      await queue.counts(name);
      stop.abort();
      await waiting;
      await queue.send(name, entries(1));
      expect((await receiveOne(queue, name)).id).toBe('m0');
    },
  },
  {
    title: 'refuses options that SQS would refuse',
    async run({ queue, name }) {
      for (const wrong of [{ max: 0 }, { max: 11 }, { max: 1.5 }, { waitSeconds: 21 }]) {
        await expect(queue.receive(name, { ...atOnce, ...wrong })).rejects.toMatchObject({ code: 'invalid-receive' });
      }
      const tooLong = { code: 'invalid-lease' };
      await expect(queue.receive(name, { ...atOnce, visibilitySeconds: 43_201 })).rejects.toMatchObject(tooLong);
      await queue.send(name, entries(1));
      const { receipt } = await receiveOne(queue, name);
      await expect(queue.extend(name, receipt, 43_201)).rejects.toMatchObject(tooLong);
      expect(await queue.extend(name, receipt, 43_000)).toBe(true);
    },
  },
  {
    title: 'ends waits when it is closed, and refuses everything afterwards',
    async run({ queue, name }) {
      const waiting = queue.receive(name, { ...patient, waitSeconds: 20 });
      await queue.close();
      expect(await waiting).toEqual([]);
      const closed = { code: 'queue-closed' };
      await expect(queue.send(name, entries(1))).rejects.toMatchObject(closed);
      await expect(queue.receive(name, atOnce)).rejects.toMatchObject(closed);
      await expect(queue.check(name)).rejects.toMatchObject(closed);
    },
  },
  {
    title: 'says that a queue can be used',
    async run({ queue, name }) {
      await expect(queue.check(name)).resolves.toBeUndefined();
    },
  },
  {
    title: 'says that a queue does not exist, and returns all messages for it as failures',
    needs: 'declared-queues',
    async run({ queue, name }) {
      const missing = `${name}-missing`;
      await expect(queue.check(missing)).rejects.toMatchObject({ code: 'queue-not-found' });
      expect((await queue.send(missing, entries(12))).map(({ id }) => id)).toEqual(entries(12).map(({ id }) => id));
    },
  },
];
