import type { Client } from '../client/client.ts';
import { CommandFailure, codeOf } from '../failure.ts';

/** What tags of a version become; undefined when none is to change. */
export interface TagChange {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** `default=items` sets a tag and its value, `keep` one without. */
export function readTags(tags: readonly string[] = [], untag: readonly string[] = []): TagChange | undefined {
  if (tags.length === 0 && untag.length === 0) return undefined;
  const set = tags.map((text) => {
    const at = text.indexOf('=');
    const name = at < 0 ? text : text.slice(0, at);
    if (name === '') throw new CommandFailure('usage', `--tag ${text} has no name.`, { exitCode: 2 });
    return [name, at < 0 ? '' : text.slice(at + 1)] as const;
  });
  return { set: Object.fromEntries(set), remove: untag };
}

interface VersionChange {
  readonly tags: TagChange | undefined;
  /** file to write the version to */
  readonly onnx: string | undefined;
  /** default: the champion */
  readonly version: number | undefined;
}

/**
 * Tags a version, and writes it as ONNX.
 *
 * @returns what was done, one line each
 * @throws CommandFailure `model-not-trained`, `output-unwritable`; ServerRefusal `onnx-unsupported`
 */
export async function changeVersion(
  client: Client,
  name: string,
  { tags, onnx, version: asked }: VersionChange,
  signal: AbortSignal,
): Promise<string[]> {
  if (tags === undefined && onnx === undefined) return [];
  const version = asked ?? (await client.call('getModel', { params: { name } }, signal)).champion;
  if (version === undefined) {
    throw new CommandFailure('model-not-trained', `Model ${name} has no champion yet.`, {
      cure: 'Train it first, or name a version with --version.',
    });
  }
  const params = { name, version };
  const done: string[] = [];
  if (tags !== undefined) {
    // The route replaces them all.
    const { tags: before } = await client.call('getVersion', { params }, signal);
    const kept = Object.entries({ ...before, ...tags.set }).filter(([tag]) => !tags.remove.includes(tag));
    const { tags: after } = await client.call(
      'tagVersion',
      { params, body: { tags: Object.fromEntries(kept) } },
      signal,
    );
    const shown = Object.entries(after).map(([tag, value]) => (value === '' ? tag : `${tag}=${value}`));
    done.push(`Version ${version} of ${name} has ${shown.length === 0 ? 'no tags' : `the tags ${shown.join(', ')}`}.`);
  }
  if (onnx !== undefined) {
    await client.download('getArtifact', { params, query: { form: 'onnx' } }, onnx, signal).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
      throw new CommandFailure('output-unwritable', `${onnx} cannot be written (${codeOf(error)}).`);
    });
    done.push(`Version ${version} of ${name} is written as ONNX: ${onnx}`);
  }
  return done;
}
