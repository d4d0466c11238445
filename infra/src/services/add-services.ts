import { type Service, services } from '@bellwether/contracts';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { type IRepository, Repository } from 'aws-cdk-lib/aws-ecr';
import {
  AwsLogDriver,
  Cluster,
  ContainerImage,
  ContainerInsights,
  FargateService,
  FargateTaskDefinition,
  type ICluster,
  LinuxParameters,
  Secret,
} from 'aws-cdk-lib/aws-ecs';
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Network } from '../network/add-network.ts';
import { pascalCase } from '../pascal-case.ts';
import type { FrontDoor } from './add-front-door.ts';
import { addScaling } from './add-scaling.ts';
import { type EnvironmentOptions, environmentOf, stopTimeoutSeconds } from './environment.ts';
import { containerPort } from './ports.ts';
import { sizes } from './sizes.ts';
import { type Granted, taskStatements } from './task-policy.ts';

export interface ServicesOptions extends Granted {
  readonly network: Network;
  readonly frontDoor: FrontDoor;
  readonly databaseUrl: ISecret;
  readonly environment: Omit<EnvironmentOptions, 'region'>;
  /** of the one image that holds all five, in this account's registry */
  readonly image: { readonly repository: string; readonly tag: string };
  readonly minTasks: number;
}

export interface Services {
  readonly cluster: Cluster;
  readonly byName: Readonly<Record<Service, FargateService>>;
}

/** The five services on Fargate: one image, a command, a role and a size for each. */
export function addServices(stack: Stack, options: ServicesOptions): Services {
  const scope = new Construct(stack, 'Services');
  const cluster = new Cluster(scope, 'Cluster', {
    vpc: options.network.vpc as IVpc,
    // Scaling and alarms count running tasks by it.
    containerInsightsV2: ContainerInsights.ENABLED,
  });
  const image = ContainerImage.fromEcrRepository(
    Repository.fromRepositoryName(scope, 'Repository', options.image.repository) as IRepository,
    options.image.tag,
  );
  const add = (service: Service) =>
    [service, addService(scope, service, { ...options, stack, cluster, image })] as const;
  return { cluster, byName: Object.fromEntries(services.map(add)) as unknown as Services['byName'] };
}

interface ServiceOptions extends Omit<ServicesOptions, 'image'> {
  readonly stack: Stack;
  readonly cluster: Cluster;
  readonly image: ContainerImage;
}

/** Runs in the container, which has Node and no curl. */
const healthCheck = `fetch('http://127.0.0.1:${containerPort}/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;

function addService(parent: Construct, service: Service, options: ServiceOptions): FargateService {
  const scope = new Construct(parent, pascalCase(service));
  const { network, frontDoor, cluster, minTasks } = options;
  const fargate = new FargateService(scope, 'Service', {
    cluster: cluster as ICluster,
    taskDefinition: addTask(scope, service, options),
    desiredCount: minTasks,
    assignPublicIp: false,
    vpcSubnets: { subnetGroupName: 'Services' },
    securityGroups: [network.services as ISecurityGroup],
    // A new version that does not come up gives way to the old one.
    circuitBreaker: { rollback: true },
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    // Five processes migrate one after another when all are new.
    healthCheckGracePeriod: Duration.seconds(120),
  });
  const { targets, listener } = frontDoor.entrances[service];
  fargate.attachToNetworkTargetGroup(targets);
  fargate.node.addDependency(listener);
  addScaling(scope, service, { fargate, cluster, minTasks, queues: options.messaging.queues });
  return fargate;
}

function addTask(scope: Construct, service: Service, options: ServiceOptions): FargateTaskDefinition {
  const { cpu, memoryMiB, diskGiB } = sizes[service];
  const task = new FargateTaskDefinition(scope, 'Task', {
    family: `bellwether-${service}`,
    cpu,
    memoryLimitMiB: memoryMiB,
    ...(diskGiB === undefined ? {} : { ephemeralStorageGiB: diskGiB }),
    taskRole: addTaskRole(scope, service, taskStatements(service, options)),
  });
  const databaseUrl = Secret.fromSecretsManager(options.databaseUrl);
  task.addContainer('service', {
    image: options.image,
    // The image of the command line holds the packages of all five, and starts elsewhere.
    workingDirectory: '/app',
    command: ['node', `services/${service}/src/main.ts`],
    environment: { ...environmentOf(service, { ...options.environment, region: options.stack.region }) },
    // Forecast pipelines find their tables beside those of the platform until somebody names another warehouse: a file
    // would be each task's own.
    secrets: { DATABASE_URL: databaseUrl, WAREHOUSE_URL: databaseUrl },
    portMappings: [{ containerPort }],
    logging: new AwsLogDriver({ streamPrefix: service, logGroup: addLogs(scope) }),
    stopTimeout: Duration.seconds(stopTimeoutSeconds),
    // Passes SIGTERM on, and reaps the children that parse uploads.
    linuxParameters: new LinuxParameters(scope, 'Linux', { initProcessEnabled: true }),
    healthCheck: {
      command: ['CMD', 'node', '-e', healthCheck],
      interval: Duration.seconds(15),
      timeout: Duration.seconds(5),
      retries: 3,
      startPeriod: Duration.seconds(60),
    },
  });
  return task;
}

function addLogs(scope: Construct): ILogGroup {
  const retained = { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY };
  return new LogGroup(scope, 'Logs', retained) as ILogGroup;
}

function addTaskRole(scope: Construct, service: Service, statements: readonly PolicyStatement[]): Role {
  return new Role(scope, 'Role', {
    description: `Tasks of the Bellwether service ${service}`,
    assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
    inlinePolicies: { Flow: new PolicyDocument({ statements: [...statements] }) },
  });
}
