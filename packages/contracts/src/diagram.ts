import { flow, type Hop } from './flow.ts';
import { queueName } from './queues.ts';
import { services } from './service.ts';

/**
 * The flow as a Mermaid diagram for the README: services and the object store as nodes, messages as arrows, messages
 * that several services hear once each. Dotted arrows are what follows when a message is dead.
 */
export function flowDiagram(): string {
  const rows = Object.entries(flow) as [string, Hop][];
  const onDead = new Set(rows.flatMap(([, hop]) => (hop.onDead === undefined ? [] : [hop.onDead])));
  const edges = new Map<string, string[]>();
  for (const [name, hop] of rows) {
    for (const service of hop.to) {
      const arrow = onDead.has(name) ? '-.->' : '-->';
      const key = `${nodeOf(hop.from)} ${arrow}|LABEL| ${nodeOf(service)}`;
      const own = queueName(hop, service) === service ? '' : ` (queue ${queueName(hop, service)})`;
      edges.set(key, [...(edges.get(key) ?? []), `${hop.message.type}${own}`]);
    }
  }
  return [
    'flowchart LR',
    '  objectStore[(object store)]',
    '  clock[(clock)]',
    '  client>client]',
    ...services.map((service) => `  ${nodeOf(service)}([${service}])`),
    ...[...edges].map(([edge, labels]) => `  ${edge.replace('LABEL', () => `"${labels.join('<br/>')}"`)}`),
  ].join('\n');
}

function nodeOf(source: Hop['from']): string {
  return source === 'object-store' ? 'objectStore' : source;
}
