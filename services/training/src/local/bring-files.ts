import { type LocalCopy, type ObjectStore, ObjectStoreError } from '@bellwether/platform';

/** What a trial reads, as files of this machine until they are disposed; or what of it is gone from the store. */
export type BroughtFiles = AsyncDisposable &
  (
    | { readonly gone?: never; readonly table: LocalCopy; readonly artifact: LocalCopy | undefined }
    | { readonly gone: string }
  );

/**
 * Brings the table of a trial, and the artifact of one that evaluates a version again. An object that is gone comes
 * with no further attempt: `gone` is the trial's verdict, while a store that does not answer is thrown.
 */
export async function bringFiles(
  keys: { readonly dataKey: string; readonly artifactKey?: string },
  store: Pick<ObjectStore, 'localCopy'>,
): Promise<BroughtFiles> {
  await using copies = new AsyncDisposableStack();
  try {
    const table = copies.use(await store.localCopy(keys.dataKey));
    const artifact = keys.artifactKey === undefined ? undefined : copies.use(await store.localCopy(keys.artifactKey));
    const kept = copies.move();
    return { table, artifact, [Symbol.asyncDispose]: () => kept.disposeAsync() };
  } catch (error) {
    if (!(error instanceof ObjectStoreError && error.code === 'object-not-found')) throw error;
    const gone = `object-gone: the stored table or model is no longer there: ${error.message}`;
    return { gone, [Symbol.asyncDispose]: async () => undefined };
  }
}
