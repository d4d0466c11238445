import { defineService } from '@bellwether/platform';
import type { Deps } from './deps.ts';
import { loadChampion } from './handlers/load-champion.ts';
import { openLoadedModels } from './models/loaded-models.ts';
import { predict, predictShort } from './routes/predict.ts';

/** Champions in, predictions out. */
export const inference = defineService<'inference', Deps>({
  service: 'inference',

  handlers: {
    championPromoted: loadChampion,
  },

  routes: {
    predict,
    predictShort,
  },

  async open(platform) {
    return { deps: { ...platform, models: openLoadedModels(platform) } };
  },
});
