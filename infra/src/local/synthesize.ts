import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, Stack } from 'aws-cdk-lib';
import { openApp } from '../app.ts';
import type { Template } from './template.ts';

/** The template of one stack, checked by AWS's rules. Needs no credentials and asks nobody. */
export async function synthesize(add: (app: App) => Stack): Promise<Template> {
  const outdir = await mkdtemp(join(tmpdir(), 'bellwether-infra-'));
  try {
    const app = openApp({ outdir });
    const stack = add(app);
    app.synth();
    return JSON.parse(await readFile(join(outdir, stack.templateFile), 'utf8')) as Template;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
