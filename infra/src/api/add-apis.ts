import { api, type Operation } from '@bellwether/contracts';
import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { RestApi, StageOptions } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { addRestApi, type Backends } from './add-rest-api.ts';

export interface Apis {
  /** the whole HTTP contract: what consoles and command lines use */
  readonly platform: RestApi;
  /** predictions alone: an address to give away, with limits of its own */
  readonly predictive: RestApi;
}

export interface ApisOptions {
  readonly backends: Backends;
  readonly stage: (name: string) => StageOptions;
  /** `bellwether-` gives the ids `bellwether-platform` and `bellwether-predictive` on LocalStack */
  readonly localIdPrefix?: string;
}

/** The operations of the service that predicts. */
export function predictiveOperations(): Readonly<Record<string, Operation>> {
  return Object.fromEntries(Object.entries(api).filter(([, { service }]) => service === 'inference'));
}

/** Both REST APIs, and the outputs by which scripts find them. */
export function addApis(stack: Stack, { backends, stage, localIdPrefix }: ApisOptions): Apis {
  const scope = new Construct(stack, 'Api');
  const localId = (name: string) => (localIdPrefix === undefined ? {} : { localId: `${localIdPrefix}${name}` });
  const platform = addRestApi(scope, 'Platform', {
    name: 'bellwether-platform',
    description: 'Bellwether: every route',
    operations: api,
    backends,
    stage: stage('platform'),
    ...localId('platform'),
  });
  const predictive = addRestApi(scope, 'Predictive', {
    name: 'bellwether-predictive',
    description: 'Bellwether: predictions alone',
    operations: predictiveOperations(),
    backends,
    stage: stage('predictive'),
    ...localId('predictive'),
  });
  new CfnOutput(stack, 'PlatformApiId', { value: platform.restApiId });
  new CfnOutput(stack, 'PredictiveApiId', { value: predictive.restApiId });
  return { platform, predictive };
}
