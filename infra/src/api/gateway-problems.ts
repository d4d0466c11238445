import { GatewayResponse, type IRestApi, ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

interface GatewayProblem {
  readonly type: ResponseType;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

/** Refusals that API Gateway makes before a service is asked, under the codes that services use. */
const problems: readonly GatewayProblem[] = [
  {
    type: ResponseType.BAD_REQUEST_BODY,
    status: 422,
    code: 'invalid-request',
    detail: '$context.error.validationErrorString',
  },
  {
    // What API Gateway says of a path or method that it does not have.
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: 404,
    code: 'route-not-found',
    detail: 'There is no such route',
  },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    code: 'too-large',
    detail: 'The gateway takes bodies of 10 MB at most',
  },
  {
    type: ResponseType.THROTTLED,
    status: 429,
    code: 'too-many-requests',
    detail: 'More requests than this API takes: try again later',
  },
  {
    type: ResponseType.INTEGRATION_FAILURE,
    status: 502,
    code: 'service-unreachable',
    detail: 'The service does not answer: try again later',
  },
  {
    type: ResponseType.INTEGRATION_TIMEOUT,
    status: 504,
    code: 'service-too-slow',
    detail: 'The service did not answer within 29 seconds',
  },
];

/** The form that services answer in: `invalid-request` under the title `Invalid request`. */
function problemDocument({ status, code, detail }: GatewayProblem): string {
  const title = `${code.charAt(0).toUpperCase()}${code.slice(1)}`.replaceAll('-', ' ');
  return JSON.stringify({ type: `urn:bellwether:problem:${code}`, title, status, code, detail });
}

/** Makes the gateway's own refusals problem documents, so that clients read one form. */
export function addGatewayProblems(api: RestApi): void {
  for (const problem of problems) {
    new GatewayResponse(api, `Problem${problem.status}`, {
      restApi: api as IRestApi,
      type: problem.type,
      statusCode: String(problem.status),
      responseHeaders: { 'Content-Type': "'application/problem+json'" },
      templates: { 'application/json': problemDocument(problem) },
    });
  }
}
