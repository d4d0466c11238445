import { Algorithm } from '@bellwether/contracts';
import { InvalidArgumentError } from 'commander';

/** A whole number between bounds, as an option's value. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

/** A number above 0, as an option's value. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Give a number above 0.');
}

/** A number between 0 and 1, as an option's value. */
export function share(text: string): number {
  const value = Number(text);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError('Give a number between 0 and 1, such as 0.2.');
}

/** The coverage of an interval, as an option's value. */
export function coverage(text: string): number {
  const value = Number(text);
  if (value >= 0.5 && value <= 0.99) return value;
  throw new InvalidArgumentError('Give a probability from 0.5 to 0.99, such as 0.8.');
}

/** `UNRATE,CPIAUCSL` as a list. */
export function names(text: string): string[] {
  const list = text.split(',').map((name) => name.trim());
  if (list.every((name) => name !== '')) return list;
  throw new InvalidArgumentError('Give names, by comma.');
}

/** `0.1,0.5,0.9` as a list of distinct numbers between 0 and 1. */
export function quantileList(text: string): number[] {
  const levels = names(text).map(share);
  if (new Set(levels).size === levels.length) return levels;
  throw new InvalidArgumentError('Give each level once.');
}

/** `4,13` as a list of whole numbers above 0. */
export function wholeNumbers(text: string): number[] {
  return names(text).map(wholeNumber(1, 10_000));
}

/** `baseline,linear` as a list of algorithms. */
export function algorithmList(text: string): Algorithm[] {
  return text.split(',').map((name) => {
    const parsed = Algorithm.safeParse(name.trim());
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(`${name} is none of ${Algorithm.options.join(', ')}.`);
  });
}

/** Collects an option that may be given more than once. */
export function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}
