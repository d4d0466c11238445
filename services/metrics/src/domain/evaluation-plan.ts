/** What an evaluation does, decided when it is accepted and kept in its job's row. */
export interface EvaluationPlan {
  readonly evaluationId: string;
  readonly predictionsId: string;
  /** may be the same dataset */
  readonly actualsId: string;
  readonly task: 'regression' | 'classification';
  readonly column: string;
  readonly predictionColumn: string;
  /** the column that ties rows; absent: their order does */
  readonly rowId?: string;
  readonly probabilities: readonly { readonly label: string | number | boolean; readonly column: string }[];
  /** of the predictions, where they are ours */
  readonly model?: string;
  readonly version?: number;
}
