import { readFileSync, writeFileSync } from 'node:fs';
import { flowDiagram } from '../src/diagram.ts';

/** Writes the diagram into the README, between its two markers: `pnpm generate`. */
const readme = new URL('../../../README.md', import.meta.url);
const text = readFileSync(readme, 'utf8');
const between = /(<!-- flow -->\n)[\s\S]*?(\n<!-- \/flow -->)/;
if (!between.test(text)) throw new Error('README.md has no <!-- flow --> … <!-- /flow -->');
writeFileSync(
  readme,
  text.replace(between, (_, open: string, close: string) => `${open}\`\`\`mermaid\n${flowDiagram()}\n\`\`\`${close}`),
);
