/**
 * A number of 32 bits by which items are drawn: those with the least ones are the sample, whatever the order and the
 * chunks in which they come (FNV-1a, finished as MurmurHash3 does).
 */
export const itemHash = (item: string, seed: number): number => {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < item.length; i++) hash = Math.imul(hash ^ item.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};
