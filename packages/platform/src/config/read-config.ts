import { z } from 'zod';
import { type Config, Variables } from './variables.ts';

/** A variable that cannot be used; the message names it and says what it may be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'bad-config';
}

/**
 * Reads the configuration from environment variables; an empty one counts as absent.
 *
 * @throws ConfigError naming every variable that is wrong
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.keys(Variables.shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  );
  const parsed = Variables.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
}

export interface DescribedVariable {
  readonly name: string;
  readonly description: string;
  readonly fallback: string;
  /** whether its value is not to be shown */
  readonly isSecret: boolean;
}

interface Property {
  readonly description?: string;
  readonly default?: unknown;
  readonly isSecret?: boolean;
}

/** What each variable does and what it is when absent. */
export function describeVariables(): readonly DescribedVariable[] {
  const properties = z.toJSONSchema(Variables, { io: 'input' }).properties ?? {};
  return Object.entries(properties).map(([name, property]) => {
    const { description = '', default: fallback, isSecret = false } = property as Property;
    return { name, description, fallback: fallback === undefined ? '' : String(fallback), isSecret };
  });
}
