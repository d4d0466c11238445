import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

/** The release of the code that trains, for the lineage of versions. */
export const codeVersion: string = manifest.version;
