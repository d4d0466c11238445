import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { api, Envelope, flow, type Operation, queueSpecs, type Service, services } from '@bellwether/contracts';
import { readConfig } from '@bellwether/platform';
import { temporaryFolder } from '@bellwether/testkit';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { pascalCase } from './pascal-case.ts';
import { stopTimeoutSeconds } from './services/environment.ts';
import { connectionsPerTask, sizes } from './services/sizes.ts';
import {
  fullTemplate,
  localTemplate,
  ofType,
  rendered,
  type SynthesizedTemplate,
} from './testing/templates.fixture.ts';

let full: SynthesizedTemplate;
let local: SynthesizedTemplate;

// Loading CDK and synthesising take seconds, and minutes on a machine that has much else to do.
beforeAll(async () => {
  full = await fullTemplate();
  local = await localTemplate();
}, 240_000);

test('the app writes both templates, and AWS’s own rules find nothing wrong with them', () => {
  using folder = temporaryFolder();
  const root = new URL('../..', import.meta.url).pathname;
  execFileSync(process.execPath, ['infra/src/main.ts'], {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: folder.path, NODE_OPTIONS: '' },
  });
  for (const stack of ['Bellwether', 'BellwetherLocal']) {
    expect(existsSync(join(folder.path, `${stack}.template.json`))).toBe(true);
  }
  const report = JSON.parse(readFileSync(join(folder.path, 'validation-report.json'), 'utf8'));
  expect(JSON.stringify(report)).not.toContain('"severity"');
});

test('what is tried on LocalStack is what stands on AWS: queues and bucket are the same', () => {
  const shared = ({ Resources }: SynthesizedTemplate) =>
    Object.fromEntries(Object.entries(Resources).filter(([id]) => /^(Messaging|Storage)/.test(id)));
  expect(Object.keys(shared(local))).toHaveLength(4 * queueSpecs().length + 3);
  expect(shared(local)).toEqual(shared(full));
});

describe('queues', () => {
  const byName = () =>
    new Map(
      Object.entries(ofType(local, 'AWS::SQS::Queue')).map(([id, each]) => [
        each.Properties.QueueName,
        { id, ...each },
      ]),
    );

  test('are those of the flow, each with its dead letters', () => {
    const expected = queueSpecs().flatMap(({ name }) => [`bellwether-${name}`, `bellwether-${name}-dead`]);
    expect([...byName().keys()].toSorted()).toEqual(expected.toSorted());
  });

  test.each(queueSpecs().map(({ name }) => name))(
    '%s gives up what was delivered 20 times, and keeps it 14 days',
    (name) => {
      const live = byName().get(`bellwether-${name}`);
      const dead = byName().get(`bellwether-${name}-dead`);
      expect(live?.Properties).toMatchObject({
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [dead?.id, 'Arn'] }, maxReceiveCount: 20 },
        ReceiveMessageWaitTimeSeconds: 20,
        VisibilityTimeout: 30,
        SqsManagedSseEnabled: true,
        MessageRetentionPeriod: 1_209_600,
      });
      expect(dead?.Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
      expect(rendered(dead?.Properties.RedriveAllowPolicy.sourceQueueArns[0])).toMatch(
        new RegExp(`:bellwether-${name}$`),
      );
    },
  );
});

test('the clock ticks each minute, to training alone, each time with a message of its own', () => {
  const [rule] = Object.values(ofType(full, 'AWS::Events::Rule'));
  expect(rule?.Properties.ScheduleExpression).toBe('rate(1 minute)');
  const targets: { Arn: unknown; InputTransformer: { InputPathsMap: object; InputTemplate: string } }[] =
    rule?.Properties.Targets;
  expect(targets.map(({ Arn }) => rendered(Arn))).toEqual([expect.stringMatching(/^\$\{MessagingTraining\w*\.Arn\}$/)]);
  const { InputPathsMap, InputTemplate = '' } = targets[0]?.InputTransformer ?? {};
  expect(InputPathsMap).toEqual({ id: '$.id', time: '$.time' });
  const message = InputTemplate.replace('<id>', '17d9').replace('<time>', '2026-11-21T12:00:00Z');
  expect(Envelope.parse(JSON.parse(message))).toMatchObject({
    id: 'tick-17d9',
    type: flow.clockTicked.message.type,
    body: {},
  });
});

test('the bucket is closed, encrypted, and tells ingest of uploads alone, once it may', () => {
  const [bucket] = Object.values(ofType(full, 'AWS::S3::Bucket'));
  const [ingest] = Object.entries(ofType(full, 'AWS::SQS::Queue')).find(
    ([, { Properties }]) => Properties.QueueName === 'bellwether-ingest',
  ) as [string, unknown];
  expect(Object.values(bucket?.Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
  expect(bucket?.Properties.BucketEncryption).toBeDefined();
  expect(bucket?.Properties.NotificationConfiguration.QueueConfigurations).toEqual([
    {
      Event: 's3:ObjectCreated:*',
      Queue: { 'Fn::GetAtt': [ingest, 'Arn'] },
      Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'uploads/' }] } },
    },
  ]);
  expect(bucket).toMatchObject({
    DependsOn: [expect.stringMatching(/^MessagingIngestPolicy/)],
    DeletionPolicy: 'Retain',
  });
});

test('no rule of the bucket ends an object that a dataset may still name', () => {
  const [bucket] = Object.values(ofType(full, 'AWS::S3::Bucket'));
  const rules: Record<string, unknown>[] = bucket?.Properties.LifecycleConfiguration.Rules;
  expect(rules.flatMap((rule) => Object.keys(rule)).filter((key) => /^Expiration(InDays|Date)/.test(key))).toEqual([]);
  expect(rules.some((rule) => 'AbortIncompleteMultipartUpload' in rule)).toBe(true);
});

/** `POST http://host:8081/train` of every method, and whether bodies are checked. */
function methodsOf(template: SynthesizedTemplate, apiName: 'Platform' | 'Predictive') {
  return Object.entries(ofType(template, 'AWS::ApiGateway::Method'))
    .filter(([id]) => id.startsWith(`Api${apiName}`))
    .map(([, { Properties }]) => ({
      says: `${Properties.HttpMethod} ${rendered(Properties.Integration.Uri)}`,
      name: Properties.OperationName as string,
      link: Properties.Integration.ConnectionType as string | undefined,
      checked: Properties.RequestModels !== undefined && Properties.RequestValidatorId !== undefined,
    }));
}

describe('APIs', () => {
  const operations = Object.entries(api) as [string, Operation][];

  test('the platform’s has every operation of the contract and leads each to its service', () => {
    const expected = operations.map(
      ([, { method, path, service }]) =>
        `${method.toUpperCase()} http://127.0.0.1:${8081 + services.indexOf(service)}${path.replace(/\{\w+}/g, '{}')}`,
    );
    const found = methodsOf(local, 'Platform').map(({ says }) => says.replace(/\{\w+}/g, '{}'));
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  test('the predictive one has what inference answers', () => {
    const names = operations.filter(([, { service }]) => service === 'inference').map(([name]) => name);
    expect(
      methodsOf(local, 'Predictive')
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(names.toSorted());
    expect(names).toEqual(expect.arrayContaining(['predict', 'predictShort']));
  });

  test('a body is checked wherever the contract has one', () => {
    const withBody = operations.filter(([, { body }]) => body !== undefined).map(([name]) => name);
    const checked = methodsOf(local, 'Platform').flatMap(({ name, checked: isChecked }) => (isChecked ? [name] : []));
    expect(checked.toSorted()).toEqual(withBody.toSorted());
  });

  test('on AWS requests go through the link to the balancer, under the port of their service', () => {
    const methods = methodsOf(full, 'Platform');
    expect(new Set(methods.map(({ link }) => link))).toEqual(new Set(['VPC_LINK']));
    const ports = new Set(methods.map(({ says }) => /:(\d+)\//.exec(says)?.[1]));
    const listeners = Object.values(ofType(full, 'AWS::ElasticLoadBalancingV2::Listener')).map(
      ({ Properties }) => `${Properties.Port}`,
    );
    expect(listeners).toEqual(expect.arrayContaining([...ports]));
  });

  test('on LocalStack their ids are known beforehand', () => {
    const tags = Object.values(ofType(local, 'AWS::ApiGateway::RestApi')).flatMap(({ Properties }) => Properties.Tags);
    expect(tags).toEqual([
      { Key: '_custom_id_', Value: 'bellwether-platform' },
      { Key: '_custom_id_', Value: 'bellwether-predictive' },
    ]);
  });
});

/** The one container of a service's tasks. */
function containerOf(service: Service) {
  const [task] = Object.entries(ofType(full, 'AWS::ECS::TaskDefinition')).filter(([id]) =>
    id.startsWith(`Services${pascalCase(service)}Task`),
  );
  return task?.[1].Properties.ContainerDefinitions[0];
}

describe.each(services)('the tasks of %s', (service) => {
  test('run its program', () => {
    const [node, file] = containerOf(service).Command;
    expect(node).toBe('node');
    expect(existsSync(new URL(`../../${file}`, import.meta.url))).toBe(true);
  });

  test('are told what makes a whole configuration, the URLs of database and warehouse as secrets', () => {
    const { Environment, Secrets } = containerOf(service);
    const given = Object.fromEntries(
      Environment.map(({ Name, Value }: { Name: string; Value: unknown }) => [Name, rendered(Value)]),
    );
    const url = 'https://api.example/live';
    const config = readConfig({ ...given, PUBLIC_URL: url, DATABASE_URL: 'mysql://u:p@h/d' });
    expect(config).toMatchObject({ QUEUE: 'sqs', OBJECT_STORE: 's3', AUTH: 'keys', WAREHOUSE: 'mysql' });
    expect(Secrets.map(({ Name }: { Name: string }) => Name)).toEqual(['DATABASE_URL', 'WAREHOUSE_URL']);
    expect(given).not.toHaveProperty('DATABASE_URL');
  });

  test('are killed only after they had their time to stop', () => {
    const { Environment, StopTimeout } = containerOf(service);
    const grace = Environment.find(({ Name }: { Name: string }) => Name === 'SHUTDOWN_GRACE_SECONDS').Value;
    expect(StopTimeout).toBe(stopTimeoutSeconds);
    expect(StopTimeout).toBeGreaterThan(Number(grace) + 5);
    expect(StopTimeout).toBeLessThanOrEqual(120);
  });

  test('become more when messages wait for them', () => {
    const tracked = Object.entries(ofType(full, 'AWS::ApplicationAutoScaling::ScalingPolicy'))
      .filter(([id]) => id.startsWith(`Services${pascalCase(service)}`))
      .flatMap(
        ([, { Properties }]) => Properties.TargetTrackingScalingPolicyConfiguration.CustomizedMetricSpecification ?? [],
      )
      .map(({ Metrics }) => Metrics[1].MetricStat.Metric.Dimensions[0].Value['Fn::GetAtt'][0])
      .map((id) => full.Resources[id]?.Properties.QueueName);
    const own = queueSpecs().filter((spec) => spec.service === service);
    expect(tracked.toSorted()).toEqual(own.map(({ name }) => `bellwether-${name}`).toSorted());
  });
});

describe('the database', () => {
  const instance = () => Object.values(ofType(full, 'AWS::RDS::DBInstance'))[0];

  test('is MySQL 8.4, private, encrypted, backed up, and survives its stack', () => {
    expect(instance()).toMatchObject({
      DeletionPolicy: 'Snapshot',
      Properties: { Engine: 'mysql', StorageEncrypted: true, PubliclyAccessible: false, DeletionProtection: true },
    });
    expect(instance()?.Properties.EngineVersion).toMatch(/^8\.4\./);
    expect(instance()?.Properties.BackupRetentionPeriod).toBeGreaterThanOrEqual(7);
  });

  test('has its password in a secret, and the template only refers to it', () => {
    expect(rendered(instance()?.Properties.MasterUserPassword)).toMatch(/^\{\{resolve:secretsmanager:/);
    const url = Object.values(ofType(full, 'AWS::SecretsManager::Secret')).find(
      ({ Properties }) => Properties.SecretString,
    );
    expect(rendered(url?.Properties.SecretString)).toMatch(
      /^mysql:\/\/bellwether:\{\{resolve:secretsmanager:[^}]+}:SecretString:password::}}@\$\{[^}]+}:3306\/bellwether\?ssl=Amazon%20RDS$/,
    );
  });

  test('lets in as many connections as all tasks together may open', () => {
    const wanted = services.reduce((sum, service) => sum + sizes[service].maxTasks * connectionsPerTask, 0);
    // RDS: memory / 12,582,880 bytes; of the 4 GiB of a db.t4g.medium some 3.6 are left to count.
    expect(instance()?.Properties.DBInstanceClass).toBe('db.t4g.medium');
    expect(wanted).toBeLessThanOrEqual(Math.floor((3.6 * 2 ** 30) / 12_582_880));
  });

  test('has a twin in another zone when asked', async () => {
    const twice = await fullTemplate({ highAvailability: true });
    expect(Object.values(ofType(twice, 'AWS::RDS::DBInstance'))[0]?.Properties.MultiAZ).toBe(true);
    expect(Object.keys(ofType(twice, 'AWS::EC2::NatGateway'))).toHaveLength(2);
    for (const { Properties } of Object.values(ofType(twice, 'AWS::ECS::Service')))
      expect(Properties.DesiredCount).toBe(2);
  });
});

describe('alarms', () => {
  const alarms = () => Object.entries(ofType(full, 'AWS::CloudWatch::Alarm'));

  test('watch each queue’s dead letters and age, both APIs, and each service', () => {
    const found = (what: RegExp) => alarms().filter(([id]) => what.test(id)).length;
    expect(found(/DeadLetters/)).toBe(queueSpecs().length);
    expect(found(/OldestMessage/)).toBe(queueSpecs().length);
    expect(found(/Api5xx/)).toBe(2);
    expect(found(/NotRunning/)).toBe(services.length);
  });

  test('tell somebody, in a sentence', () => {
    for (const [, { Properties }] of alarms()) {
      expect(Properties.AlarmActions).toHaveLength(1);
      expect(Properties.AlarmDescription).toMatch(/\.$|\?$/);
    }
  });

  test('see dead letters that a service took at once', () => {
    const metrics = alarms()
      .filter(([id]) => /DeadLetters/.test(id))
      .map(([, { Properties }]) =>
        Properties.Metrics.flatMap(
          (each: { MetricStat?: { Metric: { MetricName: string } } }) => each.MetricStat?.Metric.MetricName ?? [],
        ),
      );
    for (const names of metrics) {
      expect(names.toSorted()).toEqual(['ApproximateNumberOfMessagesVisible', 'NumberOfMessagesReceived']);
    }
  });
});
