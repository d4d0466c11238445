import { expect } from '@jest/globals';
import {
  atOnce,
  entries,
  maxReceives,
  patient,
  type QueueCase,
  type QueueSubject,
  receiveMany,
  receiveOne,
} from './queue-subject.ts';

/** Receives a message as often as allowed and gives it back each time. */
async function exhaust({ queue, name }: QueueSubject): Promise<void> {
  for (let receives = 1; receives <= maxReceives; receives += 1) {
    const delivered = await receiveOne(queue, name);
    expect(delivered.receives).toBe(receives);
    await queue.extend(name, delivered.receipt, 0);
  }
}

async function buryAll({ queue, name }: QueueSubject, count: number): Promise<void> {
  await queue.send(name, entries(count));
  for (const delivered of await receiveMany((options) => queue.receive(name, options), count)) {
    await queue.bury(name, delivered);
  }
}

export const deadLetterCases: readonly QueueCase[] = [
  {
    title: 'moves a message that was received too often to the dead letters, and delivers the next one',
    async run(subject) {
      const { queue, name } = subject;
      await queue.send(name, entries(1));
      await exhaust(subject);
      await queue.send(name, entries(1, 'next'));
      expect((await receiveMany((options) => queue.receive(name, options), 1)).map(({ id }) => id)).toEqual(['next0']);
      expect((await queue.counts(name)).dead).toBe(1);
      expect(await queue.receiveDead(name, patient)).toMatchObject([{ id: 'm0', body: '{"n":0}' }]);
    },
  },
  {
    title: 'wakes a receiver of dead letters',
    async run({ queue, name }) {
      const waiting = queue.receiveDead(name, { ...patient, waitSeconds: 20 });
      await queue.send(name, entries(1));
      await queue.bury(name, await receiveOne(queue, name));
      expect((await waiting).map(({ id }) => id)).toEqual(['m0']);
    },
  },
  {
    title: 'buries a delivery at once',
    async run({ queue, name }) {
      await queue.send(name, entries(1));
      await queue.bury(name, await receiveOne(queue, name));
      expect(await queue.counts(name)).toEqual({ visible: 0, inFlight: 0, delayed: 0, dead: 1 });
      expect(await queue.receiveDead(name, patient)).toMatchObject([{ id: 'm0', body: '{"n":0}' }]);
    },
  },
  {
    title: 'delivers dead letters as often as asked: they do not die again',
    async run(subject) {
      const { queue, name } = subject;
      await buryAll(subject, 1);
      for (let receives = 0; receives < maxReceives + 2; receives += 1) {
        const dead = await queue.receiveDead(name, { ...patient, visibilitySeconds: 0 });
        expect(dead.map(({ id }) => id)).toEqual(['m0']);
      }
    },
  },
  {
    title: 'deletes dead letters',
    async run(subject) {
      const { queue, name } = subject;
      await buryAll(subject, 3);
      const dead = await receiveMany((options) => queue.receiveDead(name, options), 3);
      await queue.deleteDead(
        name,
        dead.map(({ receipt }) => receipt),
      );
      expect((await queue.counts(name)).dead).toBe(0);
    },
  },
  {
    title: 'moves all dead letters back with their receives at zero',
    async run(subject) {
      const { queue, name } = subject;
      await buryAll(subject, 12);
      expect(await queue.redrive(name)).toBe(12);
      const received = await receiveMany((options) => queue.receive(name, options), 12);
      expect(new Set(received.map(({ id }) => id)).size).toBe(12);
      expect(received.every(({ receives }) => receives === 1)).toBe(true);
      expect((await queue.counts(name)).dead).toBe(0);
    },
  },
  {
    title: 'delivers a message again that died of its receives and was moved back',
    async run(subject) {
      const { queue, name } = subject;
      await queue.send(name, entries(1));
      await exhaust(subject);
      expect(await queue.receive(name, atOnce)).toEqual([]);
      expect(await queue.redrive(name)).toBe(1);
      await exhaust(subject);
    },
  },
  {
    title: 'redrives nothing when nothing is dead',
    async run({ queue, name }) {
      expect(await queue.redrive(name)).toBe(0);
      expect(await queue.receive(name, atOnce)).toEqual([]);
    },
  },
];
