import type { Terminal } from '../terminal/terminal.ts';

/** Variables of the command line itself; those of the services are in platform. */
export const clientVariables = [
  {
    name: 'BELLWETHER_URL',
    description: 'The server that commands talk to. Default: the data folder itself, or the server that has it',
    isSecret: false,
  },
  { name: 'BELLWETHER_API_KEY', description: 'The API key that commands send, where AUTH=keys', isSecret: true },
  { name: 'BELLWETHER_USER', description: 'The tenant that commands work for, where AUTH=none', isSecret: false },
  { name: 'NO_COLOR', description: 'Anything: plain lines instead of colours and progress bars', isSecret: false },
] as const;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment as commands see it: options of the command line first, and a log that speaks of trouble only. */
export function environmentFor(
  terminal: Pick<Terminal, 'env'>,
  options: {
    readonly dataDir?: string | undefined;
    readonly host?: string | undefined;
    readonly port?: string | undefined;
  },
): Environment {
  return {
    ...terminal.env,
    LOG_LEVEL: terminal.env.LOG_LEVEL || 'warn',
    ...(options.dataDir === undefined ? {} : { DATA_DIR: options.dataDir }),
    ...(options.host === undefined ? {} : { HOST: options.host }),
    ...(options.port === undefined ? {} : { PORT: options.port }),
  };
}
