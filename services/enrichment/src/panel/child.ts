import { answerParent } from '@bellwether/platform/child';
import type { PanelTask } from './panel-task.ts';
import { preparePanel } from './prepare-panel.ts';

answerParent((task: PanelTask, onProgress) => preparePanel(task, onProgress));
