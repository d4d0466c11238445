import {
  type CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  type Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { resourcesText, type Template, withoutResources } from './template.ts';

/** The stack did not come to stand: what CloudFormation says of each resource that failed. */
export class DeploymentFailed extends Error {
  override readonly name = 'DeploymentFailed';
  readonly code = 'deployment-failed';
}

export type TemplateSource = { readonly TemplateBody: string } | { readonly TemplateURL: string };

const inRequest = async (template: Template): Promise<TemplateSource> => ({ TemplateBody: JSON.stringify(template) });

export interface Deployment {
  readonly stackName: string;
  readonly template: Template;
  /**
   * Resources that cannot be changed in place, by logical id: if any of them differs, all are removed and made anew. For
   * LocalStack, whose CloudFormation says that it has updated methods and stages of an API, and has not.
   */
  readonly remade?: (logicalId: string) => boolean;
  /** puts the template where CloudFormation reads it; into the request by default, which takes 51,200 bytes */
  readonly publish?: (template: Template) => Promise<TemplateSource>;
  /** milliseconds between two looks; 200 */
  readonly pollMilliseconds?: number;
  /** milliseconds after which it is given up; two minutes */
  readonly timeoutMilliseconds?: number;
}

/** States that an update cannot start from: nothing of the stack stands. */
const unusable = new Set(['CREATE_FAILED', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'DELETE_FAILED']);
const successes = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE']);

/**
 * Makes the stack, or brings it to the template: doing it twice changes nothing.
 *
 * @returns the stack's outputs by name
 * @throws {DeploymentFailed} when it does not come to stand, saying which resources failed and why
 */
export async function deployStack(
  client: CloudFormationClient,
  deployment: Deployment,
): Promise<Readonly<Record<string, string>>> {
  const { stackName, template, remade = () => false, publish = inRequest } = deployment;
  const existing = await findStack(client, stackName);
  if (existing === undefined || unusable.has(existing.StackStatus ?? '')) {
    if (existing !== undefined) await remove(client, deployment);
    await client.send(new CreateStackCommand({ StackName: stackName, ...(await publish(template)) }));
    return outputsOf(await succeeded(client, deployment));
  }
  const current = await currentTemplate(client, stackName);
  if (current !== undefined && resourcesText(current, remade) !== resourcesText(template, remade)) {
    const rest = await publish(withoutResources(template, remade));
    if (await update(client, stackName, rest)) await succeeded(client, deployment);
  }
  const isChanged = await update(client, stackName, await publish(template));
  return outputsOf(isChanged ? await succeeded(client, deployment) : existing);
}

async function remove(client: CloudFormationClient, deployment: Deployment): Promise<void> {
  await client.send(new DeleteStackCommand({ StackName: deployment.stackName }));
  await settled(client, deployment);
}

async function currentTemplate(client: CloudFormationClient, stackName: string): Promise<Template | undefined> {
  const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: stackName }));
  return TemplateBody === undefined ? undefined : (JSON.parse(TemplateBody) as Template);
}

function outputsOf(stack: Stack): Record<string, string> {
  return Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}

/** False when there is nothing to update, which CloudFormation calls an error. */
async function update(client: CloudFormationClient, stackName: string, source: TemplateSource): Promise<boolean> {
  try {
    await client.send(new UpdateStackCommand({ StackName: stackName, ...source }));
    return true;
  } catch (error) {
    if (error instanceof Error && /no updates are to be performed/i.test(error.message)) return false;
    throw error;
  }
}

async function findStack(client: CloudFormationClient, stackName: string): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return Stacks.find(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/** Waits while CloudFormation works. Returns the stack, or undefined once it is deleted. */
async function settled(
  client: CloudFormationClient,
  { stackName, pollMilliseconds = 200, timeoutMilliseconds = 120_000 }: Deployment,
): Promise<Stack | undefined> {
  const until = performance.now() + timeoutMilliseconds;
  while (performance.now() < until) {
    const stack = await findStack(client, stackName);
    if (stack === undefined || !stack.StackStatus?.endsWith('_IN_PROGRESS')) return stack;
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
  throw new DeploymentFailed(`${stackName} is not done after ${timeoutMilliseconds / 1000} s`);
}

async function succeeded(client: CloudFormationClient, deployment: Deployment): Promise<Stack> {
  const stack = await settled(client, deployment);
  if (stack !== undefined && successes.has(stack.StackStatus ?? '')) return stack;
  const { stackName } = deployment;
  throw new DeploymentFailed(`${stackName}: ${stack?.StackStatus}\n${await failures(client, stackName)}`);
}

async function failures(client: CloudFormationClient, stackName: string): Promise<string> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: stackName }));
  return StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'))
    .map(({ LogicalResourceId, ResourceStatusReason }) => `  ${LogicalResourceId}: ${ResourceStatusReason ?? ''}`)
    .join('\n');
}
