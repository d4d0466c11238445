import {
  type App,
  BootstraplessSynthesizer,
  CfnOutput,
  CfnParameter,
  type IStackSynthesizer,
  Stack,
} from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { addAlarms } from './alarms/add-alarms.ts';
import { addApis } from './api/add-apis.ts';
import { addObservedStages } from './api/observed-stage.ts';
import { addDatabase } from './database/add-database.ts';
import { defaults } from './defaults.ts';
import { addMessaging } from './messaging/add-messaging.ts';
import { addNetwork } from './network/add-network.ts';
import { addAutoMlRole } from './services/add-automl-role.ts';
import { addFrontDoor } from './services/add-front-door.ts';
import { addSageMakerRole } from './services/add-sagemaker-role.ts';
import { addServices } from './services/add-services.ts';
import { addStorage } from './storage/add-storage.ts';

export interface BellwetherOptions {
  /** twice of everything that a zone can take away: gateway to the outside, database, tasks */
  readonly highAvailability: boolean;
}

interface Parameters {
  readonly bucketName: string;
  readonly repository: string;
  readonly tag: string;
}

/** Far above what one million predictions a day are at their peak. */
const limits = { requestsPerSecond: 500, burst: 1000 };

/** Everything, on AWS. */
export function addBellwetherStack(app: App, { highAvailability }: BellwetherOptions): Stack {
  const stack = new Stack(app, 'Bellwether', {
    description: 'Bellwether: five services, their queues, bucket, database and APIs',
    // There are no assets: the image is in the registry. So plain CloudFormation deploys the template as it is.
    synthesizer: new BootstraplessSynthesizer() as IStackSynthesizer,
  });
  const { bucketName, repository, tag } = addParameters(stack);
  const copies = highAvailability ? 2 : 1;

  const messaging = addMessaging(stack, { prefix: defaults.QUEUE_PREFIX, bucketName });
  const bucket = addStorage(stack, { bucketName, messaging });
  const sageMakerRole = addSageMakerRole(stack, bucket);
  const autoMlRole = addAutoMlRole(stack, bucket);
  const network = addNetwork(stack, { natGateways: copies });
  const database = addDatabase(stack, network, { multiAz: highAvailability });
  const frontDoor = addFrontDoor(stack, network);
  const stages = addObservedStages(stack, limits);
  const apis = addApis(stack, { backends: frontDoor.backends, stage: stages.stage });
  for (const api of Object.values(apis)) stages.bind(api);
  const services = addServices(stack, {
    messaging,
    bucket,
    sageMakerRoles: [sageMakerRole, autoMlRole],
    network,
    frontDoor,
    databaseUrl: database.url as ISecret,
    environment: {
      queuePrefix: defaults.QUEUE_PREFIX,
      bucketName,
      publicUrl: apis.platform.url.replace(/\/$/, ''),
      sageMakerRoleArn: sageMakerRole.roleArn,
      autoMlRoleArn: autoMlRole.roleArn,
    },
    image: { repository, tag },
    minTasks: copies,
  });
  const topic = addAlarms(stack, { messaging, apis, services });

  new CfnOutput(stack, 'PlatformUrl', { value: apis.platform.url });
  new CfnOutput(stack, 'PredictiveUrl', { value: apis.predictive.url });
  new CfnOutput(stack, 'Bucket', { value: bucket.ref });
  new CfnOutput(stack, 'AlarmTopic', { value: topic.topicArn, description: 'Subscribe an address to hear of alarms' });
  return stack;
}

function addParameters(stack: Stack): Parameters {
  const bucketName = new CfnParameter(stack, 'BucketName', {
    description: 'Name of the bucket, unlike any other in the world',
    allowedPattern: '^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$',
  });
  const repository = new CfnParameter(stack, 'ImageRepository', {
    description: 'Repository of the image in the registry of this account and region',
    default: 'bellwether',
  });
  const tag = new CfnParameter(stack, 'ImageTag', {
    description: 'Tag of the image; one that is never moved, or a rollback would start the same again',
  });
  return { bucketName: bucketName.valueAsString, repository: repository.valueAsString, tag: tag.valueAsString };
}
