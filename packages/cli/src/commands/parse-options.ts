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
