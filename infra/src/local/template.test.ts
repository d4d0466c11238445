import { expect, test } from '@jest/globals';
import { resourcesText, withoutResources } from './template.ts';

const template = {
  Resources: { ApiB: { Type: 'B' }, Queue: { Type: 'Q' }, ApiA: { Type: 'A' } },
  Outputs: {
    OfApi: { Value: { 'Fn::Join': ['', ['https://', { Ref: 'ApiA' }]] } },
    OfQueue: { Value: { Ref: 'Queue' } },
  },
};
const isApi = (id: string) => id.startsWith('Api');

test('a template loses resources and the outputs that speak of them', () => {
  expect(withoutResources(template, isApi)).toEqual({
    Resources: { Queue: { Type: 'Q' } },
    Outputs: { OfQueue: { Value: { Ref: 'Queue' } } },
  });
});

test('two templates have the same resources whatever their order', () => {
  const { ApiA, ApiB, Queue } = template.Resources;
  expect(resourcesText({ Resources: { ApiA, Queue, ApiB } }, isApi)).toBe(resourcesText(template, isApi));
  expect(resourcesText({ Resources: { ApiA } }, isApi)).not.toBe(resourcesText(template, isApi));
});
