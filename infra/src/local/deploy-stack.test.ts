import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from '@jest/globals';
import { type Deployment, DeploymentFailed, deployStack } from './deploy-stack.ts';
import type { Template } from './template.ts';

interface FakeState {
  status?: string;
  template?: string;
  /** what the next create or update ends as */
  endsAs?: string;
}

const changing = new Set(['CreateStackCommand', 'UpdateStackCommand', 'DeleteStackCommand']);

/** CloudFormation in memory: each change is under way for one look, as the real one's are for many. */
function fakeCloudFormation(state: FakeState = {}) {
  const changes: string[] = [];
  let underWay = false;

  function change(name: string, body: string): void {
    if (name === 'UpdateStackCommand' && body === state.template) {
      throw new Error('No updates are to be performed.');
    }
    changes.push(name === 'DeleteStackCommand' ? name : `${name} ${Object.keys(JSON.parse(body).Resources).join()}`);
    underWay = true;
    if (name === 'DeleteStackCommand') {
      delete state.status;
      return;
    }
    state.template = body;
    state.status = state.endsAs ?? (name === 'CreateStackCommand' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE');
  }

  function describeStack() {
    if (state.status === undefined) throw new Error('Stack with id S does not exist');
    const StackStatus = underWay ? 'UPDATE_IN_PROGRESS' : state.status;
    underWay = false;
    return { Stacks: [{ StackStatus, Outputs: [{ OutputKey: 'Id', OutputValue: 'x1' }] }] };
  }

  const client = {
    async send(command: {
      readonly constructor: { readonly name: string };
      readonly input: { TemplateBody?: string };
    }) {
      const { name } = command.constructor;
      if (changing.has(name)) return change(name, command.input.TemplateBody ?? '');
      if (name === 'DescribeStacksCommand') return describeStack();
      if (name === 'GetTemplateCommand') return { TemplateBody: state.template };
      return { StackEvents: [{ ResourceStatus: 'CREATE_FAILED', LogicalResourceId: 'Q', ResourceStatusReason: 'no' }] };
    },
  };
  return { client: client as unknown as CloudFormationClient, changes, state };
}

const template = (api: string): Template => ({
  Resources: { Queue: { Type: 'Q' }, Api: { Type: api } },
  Outputs: { Id: { Value: { Ref: 'Api' } }, Queue: { Value: { Ref: 'Queue' } } },
});
const deployment = (of: Template): Deployment => ({ stackName: 'S', template: of, pollMilliseconds: 0 });

test('a stack that is not there is made, and its outputs returned', async () => {
  const { client, changes } = fakeCloudFormation();
  expect(await deployStack(client, deployment(template('A')))).toEqual({ Id: 'x1' });
  expect(changes).toEqual(['CreateStackCommand Queue,Api']);
});

test('a second time changes nothing', async () => {
  const { client, changes } = fakeCloudFormation();
  await deployStack(client, deployment(template('A')));
  expect(await deployStack(client, deployment(template('A')))).toEqual({ Id: 'x1' });
  expect(changes).toHaveLength(1);
});

describe('resources that cannot be changed in place', () => {
  const remade = (id: string) => id.startsWith('Api');

  test('are removed and made anew when one of them differs, the others stay', async () => {
    const { client, changes } = fakeCloudFormation();
    await deployStack(client, { ...deployment(template('A')), remade });
    await deployStack(client, { ...deployment(template('B')), remade });
    expect(changes.slice(1)).toEqual(['UpdateStackCommand Queue', 'UpdateStackCommand Queue,Api']);
  });

  test('stay when something else differs', async () => {
    const { client, changes } = fakeCloudFormation();
    await deployStack(client, { ...deployment(template('A')), remade });
    const { Resources } = template('A');
    await deployStack(client, { ...deployment({ Resources: { ...Resources, Queue: { Type: 'R' } } }), remade });
    expect(changes.slice(1)).toEqual(['UpdateStackCommand Queue,Api']);
  });
});

test('a stack that never came to stand is removed first', async () => {
  const { client, changes } = fakeCloudFormation({ status: 'ROLLBACK_COMPLETE' });
  await deployStack(client, deployment(template('A')));
  expect(changes).toEqual(['DeleteStackCommand', 'CreateStackCommand Queue,Api']);
});

test('a failure says which resources failed, and why', async () => {
  const { client } = fakeCloudFormation({ endsAs: 'ROLLBACK_COMPLETE' });
  const failed = deployStack(client, deployment(template('A')));
  await expect(failed).rejects.toThrow(DeploymentFailed);
  await expect(failed).rejects.toThrow('S: ROLLBACK_COMPLETE\n  Q: no');
});

test('a stack that does not end its work is given up', async () => {
  const { client } = fakeCloudFormation({ endsAs: 'CREATE_IN_PROGRESS' });
  const options = { ...deployment(template('A')), timeoutMilliseconds: 1 };
  await expect(deployStack(client, options)).rejects.toThrow('S is not done after 0.001 s');
});
