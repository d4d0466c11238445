import type { Dataset, Job, ModelVersion, ProblemDocument } from '@bellwether/contracts';
import { eventually } from '@bellwether/testkit';

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** What a person does with the platform, over HTTP alone. */
export function clientOf(url: string, tenant: string, headers: Record<string, string> = {}) {
  async function call<Body>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    const response = await fetch(url + path, {
      method,
      headers: {
        'x-user-id': tenant,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body };
  }

  async function announce(name: string, request: object = {}) {
    type Created = { dataset: Dataset; upload: { url: string; headers: Record<string, string> } };
    const created = await call<Created>('POST', '/v1/datasets', { name, ...request });
    if (created.status !== 201) throw new Error(JSON.stringify(created.body));
    return created.body;
  }

  const put = (upload: { url: string; headers: Record<string, string> }, content: string | Uint8Array) =>
    fetch(upload.url, { method: 'PUT', headers: upload.headers, body: content as string });

  /** Announces, uploads and waits until the dataset is ready or rejected. */
  async function upload(name: string, content: string | Uint8Array, request: object = {}): Promise<Dataset> {
    const created = await announce(name, request);
    const answer = await put(created.upload, content);
    if (!answer.ok) throw new Error(await answer.text());
    return await settled(created.dataset.id);
  }

  const settled = (id: string) =>
    eventually(`dataset ${id} ready or rejected`, async () => {
      const { body } = await call<Dataset>('GET', `/v1/datasets/${id}`);
      return (body.status === 'ready' || body.status === 'rejected') && body;
    });

  const finished = (id: string, timeoutMs?: number) =>
    eventually(
      `job ${id} ended`,
      async () => {
        const { body } = await call<Job>('GET', `/v1/jobs/${id}`);
        return !['queued', 'waiting', 'running'].includes(body.status) && body;
      },
      timeoutMs,
    );

  return {
    call,
    announce,
    put,
    upload,
    settled,
    finished,
    refusal: (method: string, path: string, body?: unknown) => call<ProblemDocument>(method, path, body),
    async train(model: string, request: object): Promise<Job> {
      const { status, body } = await call<{ job: Job }>('POST', `/v1/models/${model}/training-jobs`, request);
      if (status !== 202) throw new Error(JSON.stringify(body));
      return await finished(body.job.id);
    },
    async leaderboard(model: string, query = ''): Promise<ModelVersion[]> {
      return (await call<{ versions: ModelVersion[] }>('GET', `/v1/models/${model}/versions${query}`)).body.versions;
    },
  };
}

export type Client = ReturnType<typeof clientOf>;
