import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { groupCommit } from './group-commit.ts';

test('entries of one turn are written together, and nobody goes on before', async () => {
  const events: string[] = [];
  const group = groupCommit<string>((entries) => events.push(`wrote ${entries.join('+')}`));
  const done = ['a', 'b'].map((name) => group.append(name).then(() => events.push(`${name} goes on`)));
  expect(events).toEqual([]);
  await Promise.all(done);
  expect(events).toEqual(['wrote a+b', 'a goes on', 'b goes on']);
});

test('an entry that arrives while a group is written waits for the next one', async () => {
  const groups: (readonly string[])[] = [];
  const group = groupCommit<string>((entries) => {
    groups.push(entries);
    if (groups.length === 1) void group.append('late');
  });
  await group.append('early');
  await nextTurn();
  await nextTurn();
  expect(groups).toEqual([['early'], ['late']]);
});

test('everybody of a group hears why it could not be written', async () => {
  const group = groupCommit<string>(() => {
    throw new Error('disk is full');
  });
  const results = await Promise.allSettled([group.append('a'), group.append('b')]);
  expect(results.map((result) => result.status === 'rejected' && result.reason.message)).toEqual([
    'disk is full',
    'disk is full',
  ]);
});
