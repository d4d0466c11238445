/** The queue on which messages of the benchmark go round. */
export const queueName = 'training-trials';
