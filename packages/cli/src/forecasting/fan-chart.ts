import { chartScale, ticksBetween } from './chart-scale.ts';
import type { StampStyle } from './forecast-files.ts';

/** One small chart. Times are milliseconds since the epoch, ascending. */
export interface ChartItem {
  readonly name: string;
  readonly history: readonly { readonly at: number; readonly value: number }[];
  readonly forecast: readonly {
    readonly at: number;
    readonly mean: number;
    readonly lower?: number | undefined;
    readonly upper?: number | undefined;
  }[];
}

export interface FanChart {
  readonly title: string;
  readonly items: readonly ChartItem[];
  readonly style: StampStyle;
  /** what the band is, such as `80 % interval`; absent: there is none */
  readonly band?: string | undefined;
}

const panel = { width: 420, height: 230, left: 56, right: 12, top: 30, bottom: 26 };
const head = 52;

/**
 * A fan chart as SVG: for each item the end of its history, the mean of the forecast and the band around it. Text and
 * shapes alone, so that browsers, editors and image viewers show the same.
 */
export function fanChart({ title, items, style, band }: FanChart): string {
  const across = Math.max(1, Math.min(2, items.length));
  const down = Math.ceil(items.length / across);
  const [width, height] = [across * panel.width, head + down * panel.height];
  const panels = items.map(
    (item, index) =>
      `<g transform="translate(${(index % across) * panel.width} ${head + Math.floor(index / across) * panel.height})">${panelOf(item, style)}</g>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="11" fill="#333">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="12" y="20" font-size="14" font-weight="600">${escaped(title)}</text>`,
    legend(band),
    ...panels,
    '</svg>',
    '',
  ].join('\n');
}

function legend(band: string | undefined): string {
  const line = (x: number, colour: string, text: string) =>
    `<path d="M${x} 36h18" stroke="${colour}" stroke-width="2" fill="none"/><text x="${x + 24}" y="40">${text}</text>`;
  const area =
    band === undefined
      ? ''
      : `<rect x="188" y="30" width="18" height="12" fill="#9ecae1"/><text x="212" y="40">${escaped(band)}</text>`;
  return line(12, '#555', 'history') + line(96, '#08519c', 'mean') + area;
}

function panelOf({ name, history, forecast }: ChartItem, style: StampStyle): string {
  const stamps = [...history, ...forecast].map(({ at }) => at);
  const ends = forecast.flatMap(({ mean, lower = mean, upper = mean }) => [mean, lower, upper]);
  const x = chartScale(stamps, [panel.left, panel.width - panel.right]);
  const y = chartScale([...history.map(({ value }) => value), ...ends], [panel.height - panel.bottom, panel.top]);
  const line = (points: readonly (readonly [number, number])[], colour: string) =>
    points.length === 0
      ? ''
      : `<path d="${pathOf(points.map(([at, value]) => [x(at), y(value)]))}" stroke="${colour}" stroke-width="1.5" fill="none"/>`;
  const last = history.at(-1);
  const means = forecast.map(({ at, mean }) => [at, mean] as const);
  const joined = last === undefined ? means : [[last.at, last.value] as const, ...means];
  return [
    `<text x="${panel.left}" y="${panel.top - 10}" font-weight="600">${escaped(shortened(name))}</text>`,
    axes({ x, y }, style),
    bandOf(forecast, x, y),
    line(
      history.map(({ at, value }) => [at, value]),
      '#555',
    ),
    line(joined, '#08519c'),
  ].join('');
}

type Scale = ReturnType<typeof chartScale>;

function axes({ x, y }: { readonly x: Scale; readonly y: Scale }, style: StampStyle): string {
  const right = panel.width - panel.right;
  const values = ticksBetween(y.low, y.high, 4).map(
    (value) =>
      `<path d="M${panel.left} ${coordinate(y(value))}H${right}" stroke="#ddd" fill="none"/><text x="${panel.left - 6}" y="${coordinate(y(value) + 4)}" text-anchor="end">${escaped(tickLabel(value))}</text>`,
  );
  const stamp = (at: number, anchor: string) => {
    const text = new Date(at).toISOString().slice(0, style === 'day' ? 10 : 16);
    return `<text x="${coordinate(x(at))}" y="${panel.height - 8}" text-anchor="${anchor}">${text.replace('T', ' ')}</text>`;
  };
  return [...values, stamp(x.low, 'start'), stamp(x.high, 'end')].join('');
}

function bandOf(forecast: ChartItem['forecast'], x: Scale, y: Scale): string {
  const edges = forecast.flatMap(({ at, lower, upper }) =>
    lower === undefined || upper === undefined ? [] : [{ at, lower, upper }],
  );
  if (edges.length === 0) return '';
  const above = edges.map(({ at, upper }) => [x(at), y(upper)] as const);
  const below = edges.toReversed().map(({ at, lower }) => [x(at), y(lower)] as const);
  return `<path d="${pathOf([...above, ...below])}Z" fill="#9ecae1" fill-opacity="0.6" stroke="#9ecae1"/>`;
}

const coordinate = (value: number): string => String(Number(value.toFixed(1)));
const pathOf = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${coordinate(x)} ${coordinate(y)}`).join('');

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 4 });
const tickLabel = (value: number): string =>
  value !== 0 && Math.abs(value) < 0.01 ? value.toExponential(1) : compact.format(value);

const shortened = (name: string): string => {
  const letters = [...name];
  return letters.length > 48 ? `${letters.slice(0, 47).join('')}…` : name;
};

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text of XML 1.0, which has no control characters and no halves of surrogate pairs, not even escaped ones. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
