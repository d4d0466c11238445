import { fileURLToPath } from 'node:url';

export const irisFile = fileURLToPath(new URL('../../../../samples/iris.npy', import.meta.url));

/** Two classes that a straight line tells apart, by name and by number. */
export function flowersCsv(rows = 60): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const isRose = index % 2 === 0;
    const length = (isRose ? 2 : 7) + (index % 10) / 10;
    return `${length},${index % 3 === 0 ? 'north' : 'south'},${isRose ? 'rose' : 'lily'}`;
  });
  return `${['length,side,kind', ...lines].join('\n')}\n`;
}
