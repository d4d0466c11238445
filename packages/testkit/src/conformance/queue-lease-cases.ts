import { expect } from '@jest/globals';
import { atOnce, entries, patient, type QueueCase, receiveOne } from './queue-subject.ts';

export const leaseCases: readonly QueueCase[] = [
  {
    title: 'hides a message during its lease and delivers it again afterwards, with a new receipt',
    async run({ queue, name }) {
      await queue.send(name, entries(1));
      const first = await receiveOne(queue, name, { ...patient, visibilitySeconds: 1 });
      const second = await receiveOne(queue, name);
      expect(second).toMatchObject({ id: first.id, body: first.body, receives: 2, sentAt: first.sentAt });
      expect(second.receipt).not.toBe(first.receipt);
    },
  },
  {
    title: 'deletes a delivery for good',
    async run({ queue, name }) {
      await queue.send(name, entries(12));
      const first = await queue.receive(name, patient);
      const second = await queue.receive(name, patient);
      const all = [...first, ...second].map(({ receipt }) => receipt);
      await queue.delete(name, all);
      expect(await queue.counts(name)).toEqual({ visible: 0, inFlight: 0, delayed: 0, dead: 0 });
      await queue.delete(name, []);
    },
  },
  {
    title: 'deletes nothing by a stale receipt, without an error',
    needs: 'stale-receipt-is-refused',
    async run({ queue, name }) {
      await queue.send(name, entries(1));
      const first = await receiveOne(queue, name, { ...patient, visibilitySeconds: 1 });
      const second = await receiveOne(queue, name);
      await queue.delete(name, [first.receipt]);
      expect(await queue.extend(name, second.receipt, 0)).toBe(true);
      expect((await queue.receiveDead(name, atOnce)).length + (await queue.counts(name)).visible).toBe(1);
    },
  },
  {
    title: 'renews a lease',
    async run({ queue, name }) {
      await queue.send(name, entries(1));
      const { receipt } = await receiveOne(queue, name, { ...patient, visibilitySeconds: 1 });
      expect(await queue.extend(name, receipt, 900)).toBe(true);
      // Two seconds pass in this wait: twice the first lease.
      expect(await queue.receive(name, { ...patient, waitSeconds: 2 })).toEqual([]);
    },
  },
  {
    title: 'gives a lease up at once',
    async run({ queue, name }) {
      await queue.send(name, entries(1));
      const { receipt } = await receiveOne(queue, name);
      expect(await queue.extend(name, receipt, 0)).toBe(true);
      expect((await receiveOne(queue, name)).receives).toBe(2);
    },
  },
  {
    title: 'says that a lease is lost when the message was deleted',
    async run({ queue, name }) {
      await queue.send(name, entries(1));
      const { receipt } = await receiveOne(queue, name);
      await queue.delete(name, [receipt]);
      expect(await queue.extend(name, receipt, 30)).toBe(false);
    },
  },
  {
    title: 'says that a lease is lost when another consumer has the message',
    needs: 'stale-receipt-is-refused',
    async run({ queue, name }) {
      await queue.send(name, entries(1));
      const first = await receiveOne(queue, name, { ...patient, visibilitySeconds: 1 });
      const second = await receiveOne(queue, name);
      expect(await queue.extend(name, first.receipt, 30)).toBe(false);
      expect(await queue.extend(name, second.receipt, 30)).toBe(true);
    },
  },
  {
    title: 'says that a lease is lost for a receipt that it never gave',
    async run({ queue, name }) {
      expect(await queue.extend(name, 'no-such-receipt', 30)).toBe(false);
      await queue.delete(name, ['no-such-receipt']);
    },
  },
];
