export { automlFrequency } from './automl-frequency.ts';
export {
  automlColumns,
  automlPlaces,
  fewestValues,
  itemCode,
  type ManagedForecaster,
  mostCategories,
  mostNumbers,
  type PreparedForecast,
  runFile,
} from './automl-panel.ts';
export { automlAlgorithm, automlNames, automlQuantile, longestHorizon, mostQuantiles } from './automl-request.ts';
export { type AutoMlStamps, automlStamps } from './automl-stamps.ts';
