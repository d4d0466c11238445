import { open, rename, rm } from 'node:fs/promises';

export interface OutputFile {
  write(text: string): Promise<void>;
  /** Puts the file in its place, whole. */
  commit(): Promise<void>;
  /** Leaves nothing. Does nothing after `commit`. */
  discard(): Promise<void>;
}

/** A file that appears only when it is complete. */
export async function openOutputFile(path: string): Promise<OutputFile> {
  const temporary = `${path}.${process.pid}.partial`;
  const file = await open(temporary, 'wx');
  let isOpen = true;
  const close = async () => {
    if (isOpen) await file.close();
    isOpen = false;
  };
  return {
    async write(text) {
      await file.writeFile(text);
    },
    async commit() {
      await close();
      await rename(temporary, path);
    },
    async discard() {
      await close();
      await rm(temporary, { force: true });
    },
  };
}
