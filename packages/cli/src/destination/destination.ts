/** A place outside of the platform to which files are copied: a folder, or a prefix of a bucket. */
export interface Destination {
  /**
   * Copies a local file.
   *
   * @param name path below the place, segments of letters, digits, `.`, `_` and `-` joined by `/`
   * @returns where it is now: a path or an `s3://` address
   */
  put(name: string, path: string): Promise<string>;
}
