import type { Booster } from '../model/booster.ts';
import { documentOf } from './document.ts';
import { writeJson } from './write-json.ts';
import { writeUbjson } from './write-ubjson.ts';

export type ModelFormat = 'json' | 'ubjson';

/**
 * Writes a booster as XGBoost does, which reads it in any language: `Booster(model_file=…)` in Python. The same
 * booster gives the same bytes.
 */
export const writeModel = (booster: Booster, format: ModelFormat = 'ubjson'): Uint8Array => {
  const document = documentOf(booster);
  return format === 'json' ? new TextEncoder().encode(writeJson(document)) : writeUbjson(document);
};
