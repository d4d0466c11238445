import type { TemplateSource } from './deploy-stack.ts';
import type { Template } from './template.ts';

/** A bucket that is there while templates are in it. */
export interface TemplateBucket extends AsyncDisposable {
  publish(template: Template): Promise<TemplateSource>;
}

/**
 * Keeps templates in a bucket of LocalStack's, because a request takes 51,200 bytes of one and the schemas of our routes
 * alone have more; from a URL it may have 1 MB. LocalStack takes requests that nobody signed.
 *
 * @param endpoint of LocalStack, `http://localhost:4566`
 */
export function templateBucket(endpoint: string): TemplateBucket {
  const bucket = `${endpoint.replace(/\/$/, '')}/bellwether-templates`;
  const published = new Set<string>();
  return {
    async publish(template) {
      await ask('PUT', bucket);
      const url = `${bucket}/${published.size}.json`;
      await ask('PUT', url, JSON.stringify(template));
      published.add(url);
      return { TemplateURL: url };
    },
    async [Symbol.asyncDispose]() {
      if (published.size === 0) return;
      for (const url of published) await ask('DELETE', url);
      await ask('DELETE', bucket);
    },
  };
}

async function ask(method: 'PUT' | 'DELETE', url: string, body?: string): Promise<void> {
  const response = await fetch(url, { method, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} was answered ${response.status}: ${text}`);
}
