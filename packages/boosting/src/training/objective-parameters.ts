import type { Objective } from '../model/booster.ts';
import type { Parameters } from './parameters.ts';

/** An objective as XGBoost writes it into a model. */
export const objectiveOf = (parameters: Parameters): Objective => {
  const { objective: name } = parameters;
  switch (name) {
    case 'multi:softprob':
      return { name, parameters: { softmax_multiclass_param: { num_class: String(parameters.num_class) } } };
    case 'reg:quantileerror':
      return {
        name,
        parameters: { quantile_loss_param: { quantile_alpha: `[${parameters.quantile_alpha.join(', ')}]` } },
      };
    case 'count:poisson':
      return {
        name,
        parameters: { poisson_regression_param: { max_delta_step: String(parameters.max_delta_step || 0.7) } },
      };
    case 'reg:tweedie':
      return {
        name,
        parameters: { tweedie_regression_param: { tweedie_variance_power: String(parameters.tweedie_variance_power) } },
      };
    case 'reg:absoluteerror':
      return { name, parameters: {} };
    default:
      return { name, parameters: { reg_loss_param: { scale_pos_weight: String(parameters.scale_pos_weight) } } };
  }
};
