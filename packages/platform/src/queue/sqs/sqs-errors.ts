/** What SQS and its peers answer for a delivery whose lease ended or that is gone. */
export const leaseLost: ReadonlySet<string> = new Set([
  'MessageNotInflight',
  'ReceiptHandleIsInvalid',
  'InvalidParameterValue',
  'InvalidParameterValueException',
]);

export const queueMissing: ReadonlySet<string> = new Set([
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
]);
