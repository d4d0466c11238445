import { parseArgs } from 'node:util';
import { type Service, services } from '@bellwether/contracts';
import { deployLocal } from './local/deploy-local.ts';
import { exportLines } from './local/exports.ts';
import { waitForServices } from './local/wait-for-services.ts';
import { localUrls, type ServiceUrls } from './local-stack.ts';

const { values } = parseArgs({ options: { format: { type: 'string', default: 'json' }, wait: { type: 'string' } } });
const { env } = process;
const urlOf = (service: Service) => env[`${service.toUpperCase()}_URL`] || localUrls[service];
const urls = Object.fromEntries(services.map((service) => [service, urlOf(service)])) as unknown as ServiceUrls;

async function sayWhoIsMissing(seconds: number): Promise<void> {
  const missing = await waitForServices(urls, { timeoutMilliseconds: seconds * 1000 });
  for (const service of missing) process.stderr.write(`warning: ${service} is not ready at ${urls[service]}\n`);
}

try {
  const variables = await deployLocal({
    endpoint: env.AWS_ENDPOINT_URL || 'http://localhost:4566',
    region: env.AWS_REGION || 'us-east-1',
    urls,
  });
  process.stdout.write(`${values.format === 'shell' ? exportLines(variables) : JSON.stringify(variables, null, 2)}\n`);
  if (values.wait !== undefined) await sayWhoIsMissing(Number(values.wait));
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
