/** `training-trials` as `TrainingTrials`: CloudFormation's logical ids take letters and digits only. */
export function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
