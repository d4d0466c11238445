import { answerParent } from '@bellwether/platform/child';
import { collectForecasts } from './collect-forecasts.ts';
import type { CollectTask } from './collect-task.ts';

answerParent((task: CollectTask) => collectForecasts(task));
