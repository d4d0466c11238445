/** The components of an exponential smoothing model in the taxonomy of Hyndman et al. (2008): ETS(error, trend, season). */
export interface EtsForm {
  readonly error: 'additive' | 'multiplicative';
  readonly trend: 'none' | 'additive';
  readonly damped: boolean;
  readonly season: 'none' | 'additive' | 'multiplicative';
}

const letters = { none: 'N', additive: 'A', multiplicative: 'M' } as const;

/** As the literature writes it: `ETS(M,Ad,M)`. */
export const etsNameOf = ({ error, trend, damped, season }: EtsForm): string =>
  `ETS(${letters[error]},${letters[trend]}${damped ? 'd' : ''},${letters[season]})`;

/**
 * The forms that automatic selection compares, in statsforecast's order. Additive errors on a multiplicative season are
 * left out, as their likelihood breaks down near zero; anything multiplicative needs positive data.
 *
 * @param season length of the season, 1 for none
 */
export const candidateForms = (season: number, positive: boolean): EtsForm[] => {
  const errors = positive ? (['additive', 'multiplicative'] as const) : (['additive'] as const);
  return errors.flatMap((error) =>
    (['none', 'additive'] as const).flatMap((trend) =>
      (['none', 'additive', 'multiplicative'] as const)
        .filter((kind) => kind === 'none' || season > 1)
        .filter((kind) => kind !== 'multiplicative' || error === 'multiplicative')
        .flatMap((kind) =>
          (trend === 'none' ? [false] : [true, false]).map((damped) => ({ error, trend, damped, season: kind })),
        ),
    ),
  );
};
