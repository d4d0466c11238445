import type { PanelProblem, PanelProblemCode } from './panel-problem.ts';

const mostExamples = 5;

type Wording = Pick<PanelProblem, 'severity' | 'detail' | 'cure'>;

/** Counts what is found, item by item. */
export interface ProblemCounter {
  readonly add: (code: PanelProblemCode, item: string, rows: number) => void;
  readonly list: (wordings: Partial<Record<PanelProblemCode, Wording>>) => PanelProblem[];
}

export const countProblems = (): ProblemCounter => {
  const found = new Map<PanelProblemCode, { rows: number; items: number; examples: string[] }>();
  return {
    add: (code, item, rows) => {
      const entry = found.get(code) ?? { rows: 0, items: 0, examples: [] };
      entry.rows += rows;
      entry.items++;
      if (entry.examples.length < mostExamples) entry.examples.push(item);
      found.set(code, entry);
    },
    list: (wordings) =>
      [...found].flatMap(([code, counts]) => {
        const wording = wordings[code];
        return wording === undefined ? [] : [{ code, ...counts, ...wording }];
      }),
  };
};

/** The problems of chunks as those of the panel: of the same code and wording one, with the counts added up. */
export const mergeProblems = (lists: readonly (readonly PanelProblem[])[]): PanelProblem[] => {
  const merged = new Map<string, PanelProblem>();
  for (const problem of lists.flat()) {
    const key = `${problem.code} ${problem.detail}`;
    const other = merged.get(key);
    if (other === undefined) merged.set(key, problem);
    else {
      merged.set(key, {
        ...other,
        rows: other.rows + problem.rows,
        items: other.items + problem.items,
        examples: [...other.examples, ...problem.examples].slice(0, mostExamples),
      });
    }
  }
  return [...merged.values()];
};
