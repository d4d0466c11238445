import { InferenceResponse, ModelMetadata, type OutputTensor } from '@bellwether/contracts';
import { z } from 'zod';
import { remoteFailed, remoteTimeout } from './remote-refusals.ts';

export interface RemoteTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly data: readonly unknown[];
}

/** A server of the Open Inference Protocol, over HTTP and JSON, which all of them read. */
export interface RemoteServer {
  /** @throws Problem `remote-failed` (502), `remote-timeout` (504) */
  inputs(model: string): Promise<z.infer<typeof RemoteMetadata>['inputs']>;
  /** @throws Problem as `inputs` does */
  infer(model: string, tensors: readonly RemoteTensor[]): Promise<RemoteAnswer>;
}

export interface RemoteAnswer {
  readonly version?: string | undefined;
  readonly outputs: readonly OutputTensor[];
}

/** Servers have more datatypes and texts than are needed here. */
const RemoteMetadata = z.object({
  inputs: z.array(z.object({ ...ModelMetadata.shape.inputs.element.shape, datatype: z.string() })).min(1),
});
const RemoteResponse = z.object({
  model_version: z.string().optional(),
  outputs: InferenceResponse.shape.outputs.min(1),
});

const largestAnswer = 1024 * 1024;

async function textOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > largestAnswer) throw remoteFailed(`its answer is larger than ${largestAnswer} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parsed<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw remoteFailed('its answer is not JSON');
  }
  const { success, data } = schema.safeParse(json);
  if (!success) throw remoteFailed('its answer is not of the Open Inference Protocol');
  return data;
}

/** The protocol’s `{error}`, cut: it may be anything. */
function errorOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'string' ? `, ${JSON.stringify(error.slice(0, 200))}` : '';
  } catch {
    return '';
  }
}

/**
 * A server under its base URL.
 *
 * @param milliseconds for each answer, from the first byte to the last
 */
export function openRemoteServer(url: string, milliseconds: number): RemoteServer {
  const base = url.replace(/\/+$/, '');

  async function ask<Schema extends z.ZodType>(path: string, schema: Schema, body?: object) {
    try {
      const response = await fetch(`${base}/v2/models/${path}`, {
        signal: AbortSignal.timeout(milliseconds),
        redirect: 'error',
        ...(body === undefined
          ? {}
          : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      const text = await textOf(response);
      if (!response.ok) throw remoteFailed(`status ${response.status}${errorOf(text)}`);
      return parsed(schema, text);
    } catch (error) {
      const { name } = error as Error;
      if (name === 'TimeoutError') throw remoteTimeout(milliseconds);
      if (name === 'Problem') throw error;
      throw remoteFailed('it cannot be reached');
    }
  }

  return {
    async inputs(model) {
      return (await ask(encodeURIComponent(model), RemoteMetadata)).inputs;
    },
    async infer(model, inputs) {
      const path = `${encodeURIComponent(model)}/infer`;
      const { model_version: version, outputs } = await ask(path, RemoteResponse, { inputs });
      return { version, outputs };
    },
  };
}
