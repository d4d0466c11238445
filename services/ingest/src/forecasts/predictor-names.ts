/** Stand-in until the names come from the forecasting library. */
export const predictorOf = (name: string) => ({ name });
export const unknownPredictor = (name: string) => `There is no predictor ${name}.`;
