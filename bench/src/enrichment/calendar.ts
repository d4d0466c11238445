export const day = 86_400_000;
/** A Monday. The data end on a Sunday, so that no week is left out. */
export const start = Date.UTC(2019, 0, 7);
export const days = 260 * 7;
