/** As much of CloudFormation's form as deploying needs. */
export interface Template {
  readonly Resources: Readonly<Record<string, object>>;
  readonly Outputs?: Readonly<Record<string, object>>;
}

function chosen<T>(entries: Readonly<Record<string, T>> | undefined, keep: (id: string, value: T) => boolean) {
  return Object.fromEntries(Object.entries(entries ?? {}).filter(([id, value]) => keep(id, value)));
}

/** The resources whose logical id `matches`, as text that is equal when they are. */
export function resourcesText(template: Template, matches: (id: string) => boolean): string {
  return JSON.stringify(Object.entries(chosen(template.Resources, matches)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The template without the resources whose logical id `matches`, and without the outputs that speak of them. */
export function withoutResources<T extends Template>(template: T, matches: (id: string) => boolean): T {
  const removed = Object.keys(template.Resources).filter(matches);
  const speaksOfRemoved = (output: object) => {
    const text = JSON.stringify(output);
    return removed.some((id) => text.includes(`"${id}"`));
  };
  return {
    ...template,
    Resources: chosen(template.Resources, (id) => !matches(id)),
    Outputs: chosen(template.Outputs, (_, output) => !speaksOfRemoved(output)),
  };
}
