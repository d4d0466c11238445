export { tritonConfig } from './triton-config.ts';
export { writeTritonModel } from './triton-repository.ts';
export { inputName, type OnnxFile, writeOnnx } from './write-onnx.ts';
