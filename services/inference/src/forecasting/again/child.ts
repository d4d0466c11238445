import { answerParent } from '@bellwether/platform/child';
import type { AgainTask } from './again-task.ts';
import { runAgainTask } from './run-again-task.ts';

answerParent((task: AgainTask) => runAgainTask(task));
