import { z } from 'zod';
import { warehouseVariables } from './warehouse-variables.ts';

const count = z.coerce.number({ error: 'must be a whole number' }).int('must be a whole number');
/** The default stands before the transform, or it would not show in the JSON schema that `config` prints. */
const flag = (fallback: 'true' | 'false') =>
  z
    .enum(['true', 'false'], 'must be true or false')
    .default(fallback)
    .transform((value) => value === 'true');

/**
 * Every environment variable of every service, with its default and what it does: printed by `bellwether config`.
 * The runtime is chosen here and nowhere else.
 */
export const Variables = z.object({
  DATA_DIR: z
    .string()
    .default('./data')
    .describe('Folder of the embedded runtime: database, queue, objects, request log'),
  DATABASE_URL: z
    .string()
    .optional()
    .describe('sqlite:<path> or mysql://user:password@host/name. Default: a file in DATA_DIR'),
  QUEUE: z.enum(['embedded', 'sqs']).default('embedded').describe('Where messages go: a file in DATA_DIR, or SQS'),
  QUEUE_PREFIX: z.string().default('bellwether-').describe('Before the name of each SQS queue'),
  OBJECT_STORE: z.enum(['files', 's3']).default('files').describe('Where objects go: DATA_DIR, or S3'),
  S3_BUCKET: z.string().default('bellwether').describe('Bucket of the S3 object store'),
  AWS_ENDPOINT_URL: z
    .string()
    .optional()
    .describe('Endpoint of SQS and S3 when they are not AWS: http://localhost:4566'),
  AWS_REGION: z.string().default('us-east-1').describe('Region of SQS and S3'),
  S3_PUBLIC_ENDPOINT: z
    .string()
    .optional()
    .describe('Endpoint in signed URLs when clients reach S3 under another name'),

  HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
  PORT: count.min(0).max(65_535).default(8080).describe('Port to listen on; 0 takes a free one'),
  PUBLIC_URL: z.url().optional().describe('How clients reach this server, for signed URLs. Default: its own address'),
  PUBLIC_HOSTS: z
    .string()
    .default('')
    .describe('Host names, by comma, under which AUTH=none may be reached besides loopback'),
  AUTH: z
    .enum(['none', 'keys'])
    .default('none')
    .describe('none: for one’s own machine, the tenant is userID. keys: API keys'),
  ALLOW_INSECURE: flag('false').describe('Lets AUTH=none listen on an address that is not loopback'),
  BODY_LIMIT_BYTES: count.min(1024).default(6_291_456).describe('Largest JSON body'),
  MAX_UPLOAD_BYTES: count.min(1).default(5_368_709_120).describe('Largest upload'),
  UPLOAD_EXPIRES_SECONDS: count.min(1).max(604_800).default(3600).describe('Life of a signed upload URL'),
  REQUEST_LOG_BODY_BYTES: count.min(0).default(16_384).describe('How much of each body the request log keeps'),
  REQUEST_LOG_ROWS: count.min(1000).default(5_000_000).describe('How many requests the log keeps'),

  BELLWETHER_COMMIT: z
    .string()
    .regex(/^[\w.-]{4,48}$/, 'must be a commit, in hexadecimal or as git describes it')
    .optional()
    .describe('Commit of this code, for the lineage of models. Default: what git says, in a checkout'),

  DURABILITY: z
    .enum(['normal', 'full'])
    .default('normal')
    .describe('normal survives kill -9; full survives a power cut too'),
  VISIBILITY_SECONDS: count
    .min(3)
    .max(43_200)
    .default(30)
    .describe('Lease on a message; renewed while it is worked on'),
  MAX_ATTEMPTS: count.min(1).max(20).default(5).describe('Failed attempts after which a message is dead'),
  RESEND_AFTER_SECONDS: count
    .min(1)
    .default(300)
    .describe('After which a sent message that nobody has seen counts as lost'),
  SWEEP_AFTER_SECONDS: count
    .min(0)
    .default(86_400)
    .describe('Age after which an object that no row names is deleted; longer than any attempt lasts'),
  CONCURRENCY: count.min(1).max(1000).default(8).describe('Messages handled at once, for each queue of short work'),
  TRIAL_WORKERS: count
    .min(1)
    .max(256)
    .default(2)
    .describe('Trials run at once in this process, one worker thread each'),
  TRAINING_CORES: count
    .min(1)
    .max(256)
    .optional()
    .describe('Cores that the trials of this process share evenly. Default: all that it may use'),

  PIPELINE_TENANT: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
    .default('local')
    .describe('Tenant of the forecast pipelines that are asked for by a message of the queue'),

  OIP_URL: z
    .url()
    .optional()
    .describe('Server of the Open Inference Protocol that /predict_alt asks: Triton, KServe, MLServer'),
  OIP_MODEL: z.string().optional().describe('Its model. Default: the name of the model here'),
  OIP_TIMEOUT_SECONDS: count.min(1).max(25).default(5).describe('How long /predict_alt waits for that server'),

  TRAINING_BACKEND: z
    .enum(['local', 'sagemaker'])
    .default('local')
    .describe('Where trials run when the request does not say: in this process, or on SageMaker'),
  AWS_ENDPOINT_URL_SAGEMAKER: z
    .string()
    .optional()
    .describe('Endpoint of SageMaker when it is another than AWS_ENDPOINT_URL'),
  SAGEMAKER_ROLE_ARN: z.string().optional().describe('Role that SageMaker’s instances take; needed for its use'),
  SAGEMAKER_AUTOML_ROLE_ARN: z
    .string()
    .optional()
    .describe('Role of AutoML’s forecasters, which start jobs of their own. Default: SAGEMAKER_ROLE_ARN'),
  SAGEMAKER_BUCKET: z
    .string()
    .optional()
    .describe('Bucket for what SageMaker reads and writes. Default: S3_BUCKET, with OBJECT_STORE=s3'),
  SAGEMAKER_IMAGE_URI: z
    .string()
    .optional()
    .describe('Image of its XGBoost. Default: AWS’s own of version 3.0-5 in AWS_REGION'),
  SAGEMAKER_INSTANCE_TYPE: z.string().default('ml.m5.xlarge').describe('Instance of a training or transform job'),
  SAGEMAKER_VOLUME_GB: count.min(1).max(16_384).default(30).describe('Disk of a training instance'),
  SAGEMAKER_MAX_RUNTIME_SECONDS: count
    .min(1)
    .max(2_419_200)
    .default(14_400)
    .describe('After which SageMaker stops a training or AutoML job'),
  SAGEMAKER_PATIENCE_SECONDS: count
    .min(1)
    .default(21_600)
    .describe('How long a trial waits for SageMaker when it throttles, a quota is used up or it does not answer'),
  SAGEMAKER_POLL_SECONDS: count.min(1).max(900).default(30).describe('How often a trial looks at its job'),

  SHUTDOWN_GRACE_SECONDS: count.min(0).default(20).describe('How long a stopping process may finish what is in flight'),
  PARSE_MEMORY_MB: count.min(128).default(768).describe('Memory of the child process that parses an upload'),
  PARSE_TIMEOUT_SECONDS: count.min(1).default(900).describe('Time of the child process that parses an upload'),
  ...warehouseVariables,

  FRED_API_KEY: z
    .string()
    .min(1)
    .optional()
    .describe('Key for FRED, the source of macro-economic series')
    .meta({ isSecret: true }),
  FRED_BASE_URL: z.url().default('https://api.stlouisfed.org/fred').describe('Where FRED answers'),
  FRED_CACHE_HOURS: count.min(0).default(24).describe('Age up to which a stored series is not fetched again'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least level of log lines'),
});

export type Config = z.output<typeof Variables>;
