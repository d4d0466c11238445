import type { Value } from './read-ubjson.ts';
import { refuse } from './refusal.ts';

const isObject = (value: unknown): value is { readonly [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

const isNumbers = (value: unknown): value is ArrayLike<number> =>
  ArrayBuffer.isView(value) || (Array.isArray(value) && value.every((item) => typeof item === 'number'));

/** An object of an untrusted document: each look says what has to be there, and refuses the document otherwise. */
export class Fields {
  readonly #object: { readonly [key: string]: Value };
  readonly #path: string;

  constructor(value: Value, path: string) {
    if (!isObject(value)) throw refuse(`${path || 'its root'} is no object`);
    this.#object = value;
    this.#path = path;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#object, key);
  }

  fields(key: string): Fields {
    return new Fields(this.#value(key), this.#pathOf(key));
  }

  list(key: string): Fields[] {
    const value = this.#value(key);
    if (!Array.isArray(value)) throw this.#wrong(key, 'a list');
    return value.map((item, index) => new Fields(item, `${this.#pathOf(key)}[${index}]`));
  }

  text(key: string): string {
    const value = this.#value(key);
    if (typeof value !== 'string') throw this.#wrong(key, 'a text');
    return value;
  }

  /** Texts, or none when the key is missing. */
  texts(key: string): string[] {
    const value = this.has(key) ? this.#value(key) : [];
    if (ArrayBuffer.isView(value) && value.length === 0) return [];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw this.#wrong(key, 'texts');
    return value as string[];
  }

  allTexts(): Record<string, string> {
    return Object.fromEntries(Object.keys(this.#object).map((key) => [key, this.text(key)]));
  }

  numbers(key: string): ArrayLike<number> {
    const value = this.#value(key);
    if (!isNumbers(value)) throw this.#wrong(key, 'numbers');
    return value;
  }

  /** A whole number from 0 to `most`, written as a text. */
  count(key: string, most: number): number {
    const value = Number(this.text(key));
    if (!Number.isInteger(value) || value < 0 || value > most) throw this.#wrong(key, `a number from 0 to ${most}`);
    return value;
  }

  /** All but one key, as they are. */
  others(but: string): Record<string, Value> {
    return Object.fromEntries(Object.entries(this.#object).filter(([key]) => key !== but));
  }

  refuse(reason: string): Error {
    return refuse(`${this.#path}: ${reason}`);
  }

  #pathOf(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`;
  }

  #value(key: string): Value {
    if (!this.has(key)) throw refuse(`${this.#pathOf(key)} is missing`);
    return this.#object[key] as Value;
  }

  #wrong(key: string, wanted: string): Error {
    return refuse(`${this.#pathOf(key)} is not ${wanted}`);
  }
}
