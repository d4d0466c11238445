import type { Spread } from '../statistics/statistics.ts';

/** `12,345` */
export const count = (value: number): string => Math.round(value).toLocaleString('en');

/** `0.62` */
export const decimals = (value: number): string => value.toFixed(2);

/** `9.8×`; cut, not rounded: a target that was missed by a hair must not read as if it was met */
export const times = (value: number): string => `${(Math.floor(value * 10) / 10).toFixed(1)}×`;

/** `12,345 (11,000–13,000)` */
export const spread = ({ median, min, max }: Spread, format: (value: number) => string): string =>
  `${format(median)} (${format(min)}–${format(max)})`;
