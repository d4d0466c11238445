import { type Config, ConfigError, createS3Client, type ObjectStore, openS3Store } from '@bellwether/platform';
import { openSageMaker } from './open-sagemaker.ts';
import type { SageMaker } from './sagemaker.ts';
import { sageMakerSettings } from './settings.ts';

/** SageMaker, and the bucket through which it is given data and gives models. */
export interface Remote {
  readonly sagemaker: SageMaker;
  readonly bucket: string;
  readonly store: ObjectStore;
  close(): Promise<void>;
}

/** Opens it with its first use: who trains here loads nothing of it. */
export interface LazyRemote {
  /** whether the configuration suffices */
  readonly isConfigured: boolean;
  /** @throws Problem `sagemaker-not-configured`, `sagemaker-region-unknown` */
  open(): Promise<Remote>;
  close(): Promise<void>;
}

export function lazyRemote(config: Config): LazyRemote {
  let opened: Promise<Remote> | undefined;
  const connect = async (): Promise<Remote> => {
    const settings = sageMakerSettings(config);
    const { region, bucket, storageEndpoint: endpoint } = settings;
    const client = createS3Client({ region, ...(endpoint === undefined ? {} : { endpoint }) });
    const store = openS3Store({ client, bucket });
    const sagemaker = await openSageMaker(settings);
    const close = async () => {
      sagemaker.close();
      await store.close();
      client.destroy();
    };
    return { sagemaker, bucket, store, close };
  };
  return {
    isConfigured: configured(config),
    open() {
      opened ??= connect().catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
    async close() {
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}

/**
 * Whoever trains there by default is to hear at the start what is missing, not with the first job.
 *
 * @throws ConfigError
 */
export function checkDefaultBackend(config: Config): void {
  if (config.TRAINING_BACKEND === 'local') return;
  try {
    sageMakerSettings(config);
  } catch (error) {
    throw new ConfigError(`TRAINING_BACKEND: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function configured(config: Config): boolean {
  try {
    sageMakerSettings(config);
    return true;
  } catch {
    return false;
  }
}
