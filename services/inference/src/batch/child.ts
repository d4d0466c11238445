import { answerParent } from '@bellwether/platform/child';
import { predictTable } from './predict-table.ts';
import type { PredictionTask } from './prediction-task.ts';

answerParent((task: PredictionTask, onProgress) => predictTable(task, onProgress));
