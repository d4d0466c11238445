import { z } from 'zod';
import { Column, DataProblem, Profile, Roles } from '../schema.ts';
import { Id, IdParams, Name, type Operation, PageQuery, pageOf, Time, UserId } from './operation.ts';

export const DatasetFormat = z.enum(['csv', 'npy', 'parquet']);
export type DatasetFormat = z.infer<typeof DatasetFormat>;

export const DatasetStatus = z.enum(['awaiting-upload', 'validating', 'ready', 'rejected']);
export type DatasetStatus = z.infer<typeof DatasetStatus>;

export const Dataset = z
  .object({
    id: Id,
    name: Name,
    status: DatasetStatus,
    format: DatasetFormat.optional(),
    roles: Roles,
    rows: z.int().optional(),
    bytes: z.int().optional().meta({ description: 'Size of the upload in bytes' }),
    schema: z.array(Column).optional(),
    profile: Profile.optional(),
    problems: z.array(DataProblem),
    parents: z.array(Id).meta({ description: 'Datasets from which this one was derived' }),
    recipe: z.record(z.string(), z.unknown()).optional(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: 'Dataset', description: 'One immutable uploaded or derived table' });
export type Dataset = z.infer<typeof Dataset>;

export const Upload = z
  .object({
    method: z.literal('PUT'),
    url: z.string(),
    headers: z.record(z.string(), z.string()).meta({ description: 'Send these as they are' }),
    expiresAt: Time,
    maxBytes: z.int(),
  })
  .meta({ id: 'Upload', description: 'Where and how to upload, once' });

const CreateDataset = z.strictObject({
  name: Name,
  format: DatasetFormat.optional().meta({ description: 'Detected from the content when absent' }),
  contentLength: z.int().min(1).optional().meta({ description: 'Exact size in bytes; then no other size is accepted' }),
  roles: Roles.optional(),
});

const CreatedDataset = z.object({ dataset: Dataset, upload: Upload });

export const datasetOperations = {
  createDataset: {
    method: 'post',
    path: '/v1/datasets',
    service: 'ingest',
    tag: 'datasets',
    summary: 'Announce a dataset and get a URL to upload it to',
    body: CreateDataset,
    success: { status: 201, description: 'Announced; upload next', schema: CreatedDataset },
    refusals: { 413: 'too-large' },
  },
  listDatasets: {
    method: 'get',
    path: '/v1/datasets',
    service: 'ingest',
    tag: 'datasets',
    summary: 'List datasets, newest first, without schema and profile',
    query: PageQuery.extend({ name: Name.optional(), status: DatasetStatus.optional() }),
    success: { status: 200, description: 'A page', schema: pageOf('datasets', Dataset) },
  },
  getDataset: {
    method: 'get',
    path: '/v1/datasets/{id}',
    service: 'ingest',
    tag: 'datasets',
    summary: 'Status, schema, profile and problems of a dataset',
    params: IdParams,
    success: { status: 200, description: 'The dataset', schema: Dataset },
    refusals: { 404: 'dataset-not-found' },
  },
  deleteDataset: {
    method: 'delete',
    path: '/v1/datasets/{id}',
    service: 'ingest',
    tag: 'datasets',
    summary: 'Delete a dataset and its objects',
    params: IdParams,
    success: { status: 204, description: 'Deleted' },
    refusals: { 404: 'dataset-not-found', 409: 'dataset-in-use' },
  },
  getDatasetRows: {
    method: 'get',
    path: '/v1/datasets/{id}/rows',
    service: 'ingest',
    tag: 'datasets',
    summary: 'Rows of a dataset, in order',
    params: IdParams,
    query: z.object({
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    success: {
      status: 200,
      description: 'Rows',
      schema: z.object({ rows: z.array(z.record(z.string(), z.unknown())), total: z.int() }),
    },
    refusals: { 404: 'dataset-not-found', 409: 'dataset-not-ready' },
  },
  appendDatasetRows: {
    method: 'post',
    path: '/v1/datasets/{id}/rows',
    service: 'ingest',
    tag: 'datasets',
    summary: 'Append rows: a new dataset of the newest one of that name and the rows behind it',
    params: z.object({ id: Name.meta({ description: 'Name of the dataset, or the id of one of that name' }) }),
    body: z.strictObject({
      rows: z
        .array(z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])))
        .min(1)
        .max(100_000)
        .meta({ description: 'Each with all columns of the dataset; null where a value is not known' }),
    }),
    success: {
      status: 202,
      description: 'Accepted; the dataset is being made',
      schema: z.object({ dataset: Dataset }),
    },
    refusals: { 404: 'dataset-not-found', 422: 'rows-refused' },
  },
  downloadDataset: {
    method: 'get',
    path: '/v1/datasets/{id}/download',
    service: 'ingest',
    tag: 'datasets',
    summary: 'Redirect to a signed URL of the stored Parquet file, or of the upload as it came',
    params: IdParams,
    query: z.object({ form: z.enum(['parquet', 'upload']).default('parquet') }),
    success: { status: 302, description: 'Location: a signed URL' },
    refusals: { 404: 'dataset-not-found', 409: 'dataset-not-ready' },
  },
  presignUpload: {
    method: 'post',
    path: '/pre-signed-s3-url',
    service: 'ingest',
    tag: 'shell client',
    summary: 'A presigned upload URL for a user’s next dataset',
    body: z.object({
      userID: UserId,
      name: Name.optional(),
      contentLength: z.int().min(1).optional(),
    }),
    success: {
      status: 200,
      description: 'PUT the file to `url`',
      schema: CreatedDataset.extend({ url: z.string(), datasetId: Id }),
    },
  },
} as const satisfies Record<string, Operation>;
