export { pythonEnvironment } from '../python/python-environment.ts';
export {
  type SageMakerCall,
  type SageMakerOptions,
  type SageMakerOrders,
  type SageMakerServer,
  startMoto,
  startSageMaker,
} from './start-sagemaker.ts';
