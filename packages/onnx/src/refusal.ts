import { Problem } from '@bellwether/contracts';

export function refuseOnnx(because: string): Problem {
  return new Problem(422, 'onnx-unsupported', `The model cannot be written as ONNX: ${because}.`, {
    field: 'form',
    cure: 'Take the artifact itself, or train linear, random-forest or xgboost.',
  });
}
