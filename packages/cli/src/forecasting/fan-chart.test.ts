import { expect, test } from '@jest/globals';
import { type ChartItem, fanChart } from './fan-chart.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);

const itemOf = (name: string): ChartItem => ({
  name,
  history: Array.from({ length: 30 }, (_, at) => ({ at: start + at * day, value: 100 + at })),
  forecast: Array.from({ length: 5 }, (_, at) => ({
    at: start + (30 + at) * day,
    mean: 130 + at,
    lower: 125,
    upper: 140 + at,
  })),
});
const chart = (...items: ChartItem[]) => fanChart({ title: 'sales', items, style: 'day', band: '80 % interval' });

/** Names of the elements; throws where a tag is not closed, or a sign stands bare. */
function elementsOf(svg: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const rest = svg.replaceAll(
    /<(\/?)([a-z]+)((?: [a-zA-Z-]+="[^"<]*")*)(\/?)>/g,
    (_, closes, name, _attributes, ends) => {
      if (closes) expect(open.pop()).toBe(name);
      else {
        names.push(name);
        if (!ends) open.push(name);
      }
      return '';
    },
  );
  expect({ open, bare: rest.replaceAll(/&(amp|lt|gt|quot);/g, '').match(/[<>&]/g) }).toEqual({ open: [], bare: null });
  return names;
}

test('each item has its history, its mean and its band', () => {
  const svg = chart(itemOf('ink'), itemOf('pen'), itemOf('nib'));

  expect(elementsOf(svg).filter((name) => name === 'g')).toHaveLength(3);
  expect(svg.match(/fill-opacity/g)).toHaveLength(3);
  expect(svg).toContain('>2026-01-01</text>');
  expect(svg).toContain('>2026-02-04</text>');
  expect(svg).toContain('80 % interval');
});

test('names are text, whatever they hold', () => {
  const svg = chart(itemOf('</text><script>alert("1")</script> & \u0000\ud800 ü 🍎'));

  expect(elementsOf(svg)).not.toContain('script');
  expect(svg).toContain('&lt;script&gt;');
  expect(svg).toContain('\uFFFD\uFFFD ü 🍎');
});

test('a long name is cut', () => {
  expect(chart(itemOf('🍎'.repeat(100)))).toContain(`>${'🍎'.repeat(47)}…</text>`);
});

test('one value, no history, one period and no band are drawn', () => {
  const point = { at: start, mean: 7 };
  const svg = fanChart({
    title: 'flat',
    style: 'time',
    items: [
      { name: 'no history', history: [], forecast: [point] },
      { name: 'constant', history: [{ at: start - day, value: 7 }], forecast: [point] },
    ],
  });

  elementsOf(svg);
  expect(svg).not.toMatch(/NaN|Infinity|interval|fill-opacity/);
  expect(svg).toContain('2026-01-01 00:00');
});

test('nothing at all is a chart with a title', () => {
  expect(elementsOf(chart())).toContain('title');
});

test('the same forecast is the same chart', () => {
  expect(chart(itemOf('ink'))).toBe(chart(itemOf('ink')));
});
