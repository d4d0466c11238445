import { answerParent } from '@bellwether/platform/child';
import type { FitTask } from './fit-task.ts';
import { runFitTask } from './run-fit-task.ts';

answerParent((task: FitTask, onProgress) => runFitTask(task, onProgress));
