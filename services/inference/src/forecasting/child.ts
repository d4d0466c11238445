import { answerParent } from '@bellwether/platform/child';
import type { PartTask } from './part-task.ts';
import { runPartTask } from './run-part-task.ts';

answerParent((task: PartTask) => runPartTask(task));
