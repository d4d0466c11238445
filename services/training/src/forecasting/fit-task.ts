import type { PanelIndex } from '@bellwether/forecasting';

/** What the child process is asked: plain data and paths of local files. */
export type FitTask =
  | {
      readonly kind: 'search';
      readonly index: PanelIndex;
      /** of all chunks */
      readonly chunks: readonly string[];
      /** where what is found is written, as JSON */
      readonly output: string;
    }
  | {
      readonly kind: 'global';
      readonly index: PanelIndex;
      /** of all chunks */
      readonly chunks: readonly string[];
      /** which models to fit, each into a file of its own */
      readonly models: readonly { readonly window: number | 'final'; readonly output: string }[];
    }
  | {
      readonly kind: 'chunk';
      readonly chunk: string;
      readonly plan: PanelIndex['plan'];
      /** by window, oldest first: null where none was asked for, an empty file where there was too little to learn from */
      readonly globalModels: readonly (string | null)[];
      readonly output: string;
      readonly summary: string;
    };
