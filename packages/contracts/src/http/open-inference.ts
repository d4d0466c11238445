import { z } from 'zod';
import { Name, NameParams, type Operation } from './operation.ts';

/** https://github.com/kserve/open-inference-protocol, “Tensor Data Types”; BF16 as Triton has it */
export const Datatype = z.enum([
  'BOOL',
  'UINT8',
  'UINT16',
  'UINT32',
  'UINT64',
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'FP16',
  'BF16',
  'FP32',
  'FP64',
  'BYTES',
]);
export type Datatype = z.infer<typeof Datatype>;

const Parameters = z.record(z.string(), z.unknown());

/** Values are the route's to check, which knows the model's columns: here only the outer shape, since this is hot. */
const Values = z.custom<readonly unknown[]>(Array.isArray, 'an array').meta({ override: { type: 'array' } });

export const InputTensor = z
  .object({
    name: z.string().max(1000),
    shape: z.array(z.int().min(0)).min(1).max(8),
    datatype: Datatype,
    parameters: Parameters.optional(),
    data: Values.optional(),
  })
  .meta({ id: 'InputTensor' });
export type InputTensor = z.infer<typeof InputTensor>;

export const InferenceRequest = z
  .object({
    id: z.string().max(1000).optional(),
    parameters: Parameters.optional(),
    inputs: z.array(InputTensor).min(1).max(10_000),
    outputs: z
      .array(z.object({ name: z.string().max(1000), parameters: Parameters.optional() }))
      .max(100)
      .optional(),
  })
  .meta({ id: 'InferenceRequest', description: 'Rows as one tensor a column, or one of two dimensions' });
export type InferenceRequest = z.infer<typeof InferenceRequest>;

export const OutputTensor = z
  .object({
    name: z.string(),
    shape: z.array(z.int()),
    datatype: Datatype,
    parameters: Parameters.optional(),
    data: Values.optional(),
  })
  .meta({ id: 'OutputTensor' });
export type OutputTensor = z.infer<typeof OutputTensor>;

export const InferenceResponse = z
  .object({
    model_name: Name,
    model_version: z.string(),
    id: z.string().optional(),
    outputs: z.array(OutputTensor),
  })
  .meta({ id: 'InferenceResponse' });
export type InferenceResponse = z.infer<typeof InferenceResponse>;

const TensorMetadata = z.object({
  name: z.string(),
  datatype: Datatype,
  shape: z.array(z.int()).meta({ description: '-1 is any number' }),
});
export type TensorMetadata = z.infer<typeof TensorMetadata>;

export const ModelMetadata = z
  .object({
    name: Name,
    versions: z.array(z.string()),
    platform: z.string(),
    inputs: z.array(TensorMetadata),
    outputs: z.array(TensorMetadata),
  })
  .meta({ id: 'ModelMetadata' });
export type ModelMetadata = z.infer<typeof ModelMetadata>;

const VersionParams = NameParams.extend({ version: z.coerce.number().int().min(1) });
const about = { service: 'inference', tag: 'Open Inference Protocol', refusalForm: 'open-inference' } as const;
const infer = {
  ...about,
  method: 'post',
  rawBody: {
    contentTypes: ['application/json', 'application/octet-stream'],
    description:
      'An `InferenceRequest` as JSON; with `Inference-Header-Content-Length` so many bytes of it, and binary tensors behind',
  },
  success: { status: 200, description: 'Tensors, in binary where asked for', schema: InferenceResponse },
  refusals: { 400: 'tensor-refused', 404: 'model-not-found', 409: 'model-not-trained' },
} as const;
const metadata = {
  ...about,
  method: 'get',
  success: { status: 200, description: 'Its tensors', schema: ModelMetadata },
  refusals: { 404: 'model-not-found', 409: 'model-not-trained' },
} as const;
const ready = {
  ...about,
  method: 'get',
  success: { status: 200, description: 'It can predict', schema: z.object({ name: Name, ready: z.literal(true) }) },
  refusals: { 404: 'model-not-found', 409: 'model-not-trained' },
} as const;

/** https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md */
export const openInferenceOperations = {
  openInfer: { ...infer, path: '/v2/models/{name}/infer', summary: 'Predict by the champion', params: NameParams },
  openInferByVersion: {
    ...infer,
    path: '/v2/models/{name}/versions/{version}/infer',
    summary: 'Predict by a version',
    params: VersionParams,
  },
  openServerMetadata: {
    ...about,
    method: 'get',
    path: '/v2',
    summary: 'The server and what it can do',
    success: {
      status: 200,
      description: 'Name, version and extensions',
      schema: z.object({ name: z.string(), version: z.string(), extensions: z.array(z.string()) }),
    },
  },
  openModelMetadata: { ...metadata, path: '/v2/models/{name}', summary: 'The champion’s tensors', params: NameParams },
  openVersionMetadata: {
    ...metadata,
    path: '/v2/models/{name}/versions/{version}',
    summary: 'A version’s tensors',
    params: VersionParams,
  },
  openModelReady: {
    ...ready,
    path: '/v2/models/{name}/ready',
    summary: 'Whether the champion can predict',
    params: NameParams,
  },
  openVersionReady: {
    ...ready,
    path: '/v2/models/{name}/versions/{version}/ready',
    summary: 'Whether a version can predict',
    params: VersionParams,
  },
} as const satisfies Record<string, Operation>;
