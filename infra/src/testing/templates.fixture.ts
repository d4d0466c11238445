import { addBellwetherStack } from '../bellwether-stack.ts';
import { synthesize } from '../local/synthesize.ts';
import type { Template } from '../local/template.ts';
import { addLocalStack } from '../local-stack.ts';

export interface Resource {
  readonly Type: string;
  /** of hundreds of kinds of resources: as JSON gives them */
  readonly Properties: ReturnType<typeof JSON.parse>;
}

export interface SynthesizedTemplate extends Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** The template of AWS, as the app writes it. */
export async function fullTemplate(
  options: { readonly highAvailability?: boolean } = {},
): Promise<SynthesizedTemplate> {
  const { highAvailability = false } = options;
  return (await synthesize((app) => addBellwetherStack(app, { highAvailability }))) as SynthesizedTemplate;
}

/** The template of LocalStack, as the app writes it. */
export async function localTemplate(): Promise<SynthesizedTemplate> {
  return (await synthesize((app) => addLocalStack(app))) as SynthesizedTemplate;
}

/** The resources of one type, by logical id. */
export function ofType(template: SynthesizedTemplate, type: string): Readonly<Record<string, Resource>> {
  return Object.fromEntries(Object.entries(template.Resources).filter(([, resource]) => resource.Type === type));
}

/** CloudFormation's functions as text: `${Queue.Arn}`, `${AWS::Region}`. */
export function rendered(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = ['', undefined]] = Object.entries(value as object) as [string, unknown][];
  if (name === 'Ref') return `\${${String(argument)}}`;
  if (name === 'Fn::GetAtt') return `\${${(argument as string[]).join('.')}}`;
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(rendered).join(separator);
  }
  throw new Error(`${name} is not rendered`);
}
