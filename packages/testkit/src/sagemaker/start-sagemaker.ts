import { fileURLToPath } from 'node:url';
import { pythonEnvironment } from '../python/python-environment.ts';
import { startPythonServer } from '../python/python-server.ts';

const folder = fileURLToPath(new URL('../../sagemaker/', import.meta.url));

/** What the server is to do wrong. */
export interface SageMakerOrders {
  /** errors for the next calls of an operation; `times` 1 unless given */
  readonly calls?: readonly { readonly operation: string; readonly error: string; readonly times?: number }[];
  /** the next jobs, one entry each: end with this FailureReason, or stay in this status until stopped */
  readonly jobs?: readonly ({ readonly fail: string } | { readonly stall: string } | Record<string, never>)[];
  /** seconds that each status of a new job takes at least */
  readonly step?: number;
  /** forgets earlier orders and calls */
  readonly reset?: true;
}

export interface SageMakerCall {
  readonly operation: string;
  readonly request: Readonly<Record<string, unknown>>;
}

export interface SageMakerServer extends AsyncDisposable {
  readonly endpoint: string;
  control(orders: SageMakerOrders): Promise<void>;
  /** every call since the start or the last reset, in order */
  calls(): Promise<readonly SageMakerCall[]>;
}

export interface SageMakerOptions {
  /** S3 that holds the data of jobs */
  readonly s3Endpoint: string;
  /** seconds that each status of a job takes at least; 0.05 */
  readonly step?: number;
  /** 0 takes a free one */
  readonly port?: number;
}

/** Starts a SageMaker that trains with PyPI's xgboost; ended at the end of the scope, or with this process. */
export async function startSageMaker({
  s3Endpoint,
  step = 0.05,
  port = 0,
}: SageMakerOptions): Promise<SageMakerServer> {
  const python = await pythonEnvironment(`${folder}requirements.txt`);
  const server = await startPythonServer({
    python,
    script: `${folder}server.py`,
    args: ['--step', String(step), '--port', String(port)],
    env: {
      AWS_ENDPOINT_URL: s3Endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      // One job must not take all cores from the tests beside it.
      OMP_NUM_THREADS: '1',
    },
  });
  const route = `${server.endpoint}/_control`;
  return {
    endpoint: server.endpoint,
    async control(orders) {
      const answer = await fetch(route, { method: 'POST', body: JSON.stringify(orders) });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`the orders were refused with status ${answer.status}`);
    },
    async calls() {
      const answer = await fetch(route);
      return ((await answer.json()) as { calls: SageMakerCall[] }).calls;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Starts moto, whose S3 and SageMaker share one endpoint: it trains nothing and completes every job at once. */
export async function startMoto(): Promise<AsyncDisposable & { readonly endpoint: string }> {
  const python = await pythonEnvironment(`${folder}moto-requirements.txt`);
  return await startPythonServer({ python, script: `${folder}moto_peer.py` });
}
