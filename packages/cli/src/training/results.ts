import type { Dataset } from '@bellwether/contracts';
import type { Trained } from './training-steps.ts';

/** What one `bellwether train` produced. */
export interface Results {
  readonly dataset: Dataset;
  readonly model: string;
  readonly trained: Trained;
}
