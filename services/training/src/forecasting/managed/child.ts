import { answerParent } from '@bellwether/platform/child';
import type { TablesTask } from './tables-task.ts';
import { writeTables } from './write-tables.ts';

answerParent((task: TablesTask) => writeTables(task));
