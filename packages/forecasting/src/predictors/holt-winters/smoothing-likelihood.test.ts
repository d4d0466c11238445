import { expect, test } from '@jest/globals';
import { candidateForms, etsNameOf } from '../ets/ets-form.ts';
import { layoutOf } from '../ets/ets-layout.ts';
import { etsStart } from '../ets/ets-start.ts';
import { selectEts } from '../ets/select-ets.ts';
import { selectSmoothing } from './select-smoothing.ts';
import { smoothingLikelihood } from './smoothing-likelihood.ts';
import { startSmoothing } from './smoothing-parameters.ts';

const y = Float64Array.from(
  { length: 72 },
  (_, t) => (1 + 0.01 * t) * (1 + 0.2 * Math.sin((t * Math.PI) / 6)) + 0.05 * Math.sin(t * t),
);

test.each(candidateForms(12, true).map((form) => ({ name: etsNameOf(form), form })))(
  '$name: slopes are those of finite differences',
  ({ form }) => {
    const layout = layoutOf(form, 12);
    const point = new Float64Array(layout.length);
    startSmoothing(point, layout, form);
    point.set(etsStart(y, 12, form), layout.level);
    const { deviance, gradient } = smoothingLikelihood(y, form, layout);
    deviance(point);
    const slopes = gradient(point);
    const numerical = point.map((_, i) => {
      const at = (step: number) => deviance(point.map((value, j) => (i === j ? value + step : value)));
      return (at(1e-6) - at(-1e-6)) / 2e-6;
    });
    for (const [i, slope] of slopes.entries()) {
      expect(Math.abs(slope - (numerical[i] ?? Number.NaN)) / (1 + Math.abs(slope))).toBeLessThan(1e-6);
    }
  },
);

test('the search by slopes finds a better likelihood than the simplex', () => {
  const simplex = selectEts(y, 12);
  const slopes = selectSmoothing(y, 12);
  expect(slopes?.aicc).toBeLessThan((simplex?.aicc ?? 0) - 1);
});
