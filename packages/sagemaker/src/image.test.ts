import { expect, test } from '@jest/globals';
import { xgboostImage } from './image.ts';

test.each([
  ['us-east-1', '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5'],
  ['eu-central-1', '492215442770.dkr.ecr.eu-central-1.amazonaws.com/sagemaker-xgboost:3.0-5'],
  ['cn-north-1', '450853457545.dkr.ecr.cn-north-1.amazonaws.com.cn/sagemaker-xgboost:3.0-5'],
])('the image in %s comes from AWS’s account there', (region, uri) => {
  expect(xgboostImage(region)).toBe(uri);
});

test('a region without a known image is refused with what to set instead', () => {
  const cure = expect.stringContaining('SAGEMAKER_IMAGE_URI');

  expect(() => xgboostImage('mars-north-1')).toThrow(
    expect.objectContaining({ code: 'sagemaker-region-unknown', options: expect.objectContaining({ cure }) }),
  );
});
