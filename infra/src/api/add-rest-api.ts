import type { Operation, Service } from '@bellwether/contracts';
import {
  CfnModel,
  type CfnRestApi,
  ConnectionType,
  EndpointType,
  Integration,
  IntegrationType,
  type IRestApi,
  type IVpcLink,
  type Method,
  Model,
  RequestValidator,
  RestApi,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { pascalCase } from '../pascal-case.ts';
import { addGatewayProblems } from './gateway-problems.ts';
import { type GatewayRoute, gatewayRoutes } from './gateway-routes.ts';
import { requestModel } from './request-model.ts';

/** Where the gateway reaches the services. */
export interface Backends {
  /** `http://host:port` of a service */
  readonly url: (service: Service) => string;
  /** the way into the private network; without it the gateway asks the URL itself */
  readonly vpcLink?: IVpcLink;
}

export interface RestApiOptions {
  readonly name: string;
  readonly description: string;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly backends: Backends;
  readonly stage: StageOptions;
  /** the API's id on LocalStack, which else draws one with each deployment */
  readonly localId?: string;
}

/** A REST API whose routes and checks of bodies are those of the HTTP contract. It passes on what it does not refuse. */
export function addRestApi(scope: Construct, id: string, options: RestApiOptions): RestApi {
  const api = new RestApi(scope, id, {
    restApiName: options.name,
    description: options.description,
    endpointTypes: [EndpointType.REGIONAL],
    deployOptions: options.stage,
    // The role by which API Gateway writes logs is one for the whole account: the stack makes it, once.
    cloudWatchRole: false,
  });
  if (options.localId !== undefined) (api.node.defaultChild as CfnRestApi).tags.setTag('_custom_id_', options.localId);
  const validator = new RequestValidator(api, 'Body', { restApi: api as IRestApi, validateRequestBody: true });
  for (const route of gatewayRoutes(options.operations)) addRoute(api, route, options.backends, validator);
  addGatewayProblems(api);
  return api;
}

function addRoute(api: RestApi, route: GatewayRoute, backends: Backends, validator: RequestValidator): void {
  const { name, operation, path, variables } = route;
  const { vpcLink } = backends;
  const integration = new Integration({
    type: IntegrationType.HTTP_PROXY,
    integrationHttpMethod: operation.method.toUpperCase(),
    uri: `${backends.url(operation.service)}${path}`,
    options: {
      ...(vpcLink === undefined ? {} : { connectionType: ConnectionType.VPC_LINK, vpcLink }),
      requestParameters: Object.fromEntries(
        variables.map((each) => [`integration.request.path.${each}`, `method.request.path.${each}`]),
      ),
    },
  });
  const model = operation.body === undefined ? undefined : addModel(api, name, requestModel(operation.body));
  const method: Method = api.root.resourceForPath(path).addMethod(operation.method.toUpperCase(), integration, {
    operationName: name,
    requestParameters: Object.fromEntries(variables.map((each) => [`method.request.path.${each}`, true])),
    ...(model === undefined
      ? {}
      : {
          requestValidator: validator,
          requestModels: { 'application/json': Model.fromModelName(api, `${pascalCase(name)}Body`, model.ref) },
        }),
  });
  if (model !== undefined) method.node.addDependency(model);
}

function addModel(api: RestApi, operation: string, schema: object): CfnModel {
  // A stage serves the API as it was when it was deployed: a changed schema must change the deployment too.
  api.latestDeployment?.addToLogicalId({ operation, schema });
  return new CfnModel(api, `${pascalCase(operation)}Model`, {
    restApiId: api.restApiId,
    name: pascalCase(operation),
    contentType: 'application/json',
    schema,
  });
}
