/** What the shell client and the command line read, by variable. */
export interface Exports {
  readonly PLATFORM_API_ID: string;
  readonly PREDICTIVE_API_ID: string;
  readonly BELLWETHER_URL: string;
}

/**
 * The variables of a deployed local stack.
 *
 * @param outputs of the stack
 * @param endpoint of LocalStack, `http://localhost:4566`
 */
export function exportsOf(outputs: Readonly<Record<string, string>>, endpoint: string): Exports {
  const { PlatformApiId = '', PredictiveApiId = '' } = outputs;
  return {
    PLATFORM_API_ID: PlatformApiId,
    PREDICTIVE_API_ID: PredictiveApiId,
    BELLWETHER_URL: `${endpoint.replace(/\/$/, '')}/restapis/${PlatformApiId}/test/_user_request_`,
  };
}

/** Lines for `eval` in bash and zsh, each value quoted. */
export function exportLines(variables: Exports): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${String(value).replaceAll("'", "'\\''")}'`)
    .join('\n');
}
