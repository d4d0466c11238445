import { flow, type Hop, queueName, queueSpecs, type Service, services } from '@bellwether/contracts';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { pascalCase } from './pascal-case.ts';
import { objectRights } from './services/object-rights.ts';
import { type Statement, statementsOf, tooWide } from './testing/statements.fixture.ts';
import { fullTemplate, localTemplate, ofType, type SynthesizedTemplate } from './testing/templates.fixture.ts';

// And names of jobs on SageMaker, which training makes up.
const prefixes = [
  ...new Set(Object.values(objectRights).flatMap(({ read, write }) => [...read, ...write])),
  'bellwether-',
];
let full: SynthesizedTemplate;
let statements: readonly Statement[];

// Loading CDK and synthesising take seconds, and minutes on a machine that has much else to do.
beforeAll(async () => {
  full = await fullTemplate();
  statements = statementsOf(full);
}, 240_000);

test('no statement of either template gives more than it names', async () => {
  expect(tooWide(statements, prefixes)).toEqual([]);
  expect(tooWide(statementsOf(await localTemplate()), prefixes)).toEqual([]);
});

describe('a planted statement is found', () => {
  const planted: [what: string, statement: object][] = [
    ['any action', { Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::b' }],
    ['any action of a service', { Effect: 'Allow', Action: ['s3:GetObject', 'sqs:*'], Resource: 'arn:aws:s3:::b' }],
    ['any action of a kind', { Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::b' }],
    ['any resource', { Effect: 'Allow', Action: 's3:GetObject', Resource: ['arn:aws:s3:::b', '*'] }],
    ['any object of the bucket', { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }],
    [
      'any queue',
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::Join': [':', ['arn:aws:sqs', '*']] } },
    ],
    ['everything else', { Effect: 'Allow', NotAction: 'iam:PassRole', Resource: 'arn:aws:s3:::b' }],
    ['a token with more', { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken', 'ecr:PutImage'], Resource: '*' }],
  ];

  test.each(planted)('%s', (_, statement) => {
    const template = { Resources: { Planted: { Properties: { Policies: [{ PolicyDocument: [statement] }] } } } };
    expect(tooWide(statementsOf(template), prefixes)).toHaveLength(1);
  });
});

test('what is denied to everybody is to come without TLS, and nothing else', () => {
  const denials = statements.filter(({ effect }) => effect === 'Deny');
  expect(denials).toHaveLength(2 * queueSpecs().length + 1);
  for (const { conditions } of denials) expect(conditions).toEqual({ Bool: { 'aws:SecureTransport': 'false' } });
});

test('one role alone has a policy of AWS: the one by which API Gateway writes logs, which it demands', () => {
  const managed = Object.entries(ofType(full, 'AWS::IAM::Role')).flatMap(([id, { Properties }]) =>
    (Properties.ManagedPolicyArns ?? []).map((arn: unknown) => [id, JSON.stringify(arn)]),
  );
  expect(managed).toHaveLength(1);
  expect(managed[0]?.[0]).toMatch(/^ApiLogsRole/);
  expect(managed[0]?.[1]).toContain('AmazonAPIGatewayPushToCloudWatchLogs');
});

/** Names of the queues that the role of a service may do an action with, `-dead` for dead letters. */
function queuesFor(service: Service, action: string): readonly string[] {
  const nameOf = new Map(
    Object.entries(ofType(full, 'AWS::SQS::Queue')).map(([id, { Properties }]) => [
      `\${${id}.Arn}`,
      String(Properties.QueueName).replace('bellwether-', ''),
    ]),
  );
  return statements
    .filter(({ holder }) => new RegExp(`^Services${pascalCase(service)}Role`).test(holder))
    .filter(({ actions }) => actions.includes(action))
    .flatMap(({ resources }) => resources.map((resource) => nameOf.get(resource) ?? resource))
    .toSorted();
}

describe.each(services)('the role of %s', (service) => {
  const own = queueSpecs()
    .filter((spec) => spec.service === service)
    .flatMap(({ name }) => [name, `${name}-dead`]);
  const emitted = (Object.values(flow) as readonly Hop[])
    .filter(({ from }) => from === service)
    .flatMap((hop) => hop.to.map((to) => queueName(hop, to)));

  test('receives from its own queues and their dead letters', () => {
    for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility']) {
      expect(queuesFor(service, action)).toEqual(own.toSorted());
    }
  });

  test('sends to its own and to those that its rows of the flow name', () => {
    expect(queuesFor(service, 'sqs:SendMessage')).toEqual([...new Set([...own, ...emitted])].toSorted());
  });

  test('touches objects of its own prefixes', () => {
    const touched = (action: string) =>
      statements
        .filter(({ holder }) => new RegExp(`^Services${pascalCase(service)}Role`).test(holder))
        .filter(({ actions }) => actions.includes(action))
        .flatMap(({ resources }) => resources.map((resource) => resource.replace(/^.*}\//, '')));
    expect(touched('s3:GetObject')).toEqual(objectRights[service].read.map((prefix) => `${prefix}*`));
    expect(touched('s3:PutObject')).toEqual(objectRights[service].write.map((prefix) => `${prefix}*`));
    expect(touched('s3:DeleteObject')).toEqual(objectRights[service].delete.map((prefix) => `${prefix}*`));
  });
});

test('metrics, which asks others to cancel, sends to all that have jobs', () => {
  const others = queuesFor('metrics', 'sqs:SendMessage').filter((name) => !name.startsWith('metrics'));
  expect(others).toEqual(['enrichment', 'inference', 'ingest', 'training']);
});

test('training and inference ask SageMaker for jobs, and lend it a role that reaches nothing but what they exchange', () => {
  // AutoML starts jobs of its own, with the role that it was lent.
  const autoMl = 'SageMakerAutoMlJobs';
  const holders = (action: string) =>
    statements
      .filter(({ actions }) => actions.includes(action))
      .map(({ holder }) => holder.replace(/(Role|(?<=Jobs)).*/, ''))
      .toSorted();
  expect(holders('sagemaker:CreateTrainingJob')).toEqual([autoMl, 'ServicesTraining']);
  expect(holders('sagemaker:CreateAutoMLJobV2')).toEqual(['ServicesTraining']);
  expect(holders('sagemaker:CreateTransformJob')).toEqual([autoMl, 'ServicesInference']);
  expect(holders('iam:PassRole').toSorted()).toEqual([autoMl, 'ServicesInference', 'ServicesTraining']);
  const lent = statements.filter(({ holder }) => /^SageMaker(AutoMl)?Role/.test(holder));
  const objects = lent.filter(({ actions }) => actions.includes('s3:PutObject')).flatMap(({ resources }) => resources);
  expect(objects).toEqual(Array.from({ length: 2 }, () => expect.stringMatching(/\/sagemaker\/\*$/)));
  expect(lent.flatMap(({ actions }) => actions).filter((action) => action.startsWith('s3:Delete'))).toEqual([]);
});

test('only the bucket of this account may speak for the object store, and the one rule for the clock', () => {
  const others = statements.filter(({ actions, conditions }) => actions.includes('sqs:SendMessage') && conditions);
  expect(others.map(({ holder }) => holder.replace(/Policy.*/, '')).toSorted()).toEqual([
    'MessagingIngest',
    'MessagingTraining',
  ]);
  const [s3, clock] = others;
  expect(s3?.conditions).toMatchObject({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
  expect(JSON.stringify(clock?.conditions)).toContain(':rule/bellwether-clock');
});
