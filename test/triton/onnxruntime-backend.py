"""A backend by the name of `onnxruntime` for a Triton that came without one, as nvidia-pytriton's does.

Triton runs a `model.py` in a backend's folder for each model that names the backend. Reading the model repository,
checking `config.pbtxt` and serving are Triton's own; the graph is run by onnxruntime here instead of within Triton.
"""

import json
import pathlib

import numpy as np
import onnxruntime
import triton_python_backend_utils as triton

TYPES = {
    "tensor(float)": "TYPE_FP32",
    "tensor(double)": "TYPE_FP64",
    "tensor(int64)": "TYPE_INT64",
    "tensor(bool)": "TYPE_BOOL",
    "tensor(string)": "TYPE_STRING",
}


class TritonPythonModel:
    def initialize(self, args):
        path = pathlib.Path(args["model_repository"], args["model_version"], "model.onnx")
        self.session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        config = json.loads(args["model_config"])
        self.inputs = [tensor["name"] for tensor in config["input"]]
        self.outputs = [tensor["name"] for tensor in config["output"]]
        told = [
            (tensor["name"], tensor["data_type"], [int(size) for size in tensor["dims"]])
            for tensor in [*config["input"], *config["output"]]
        ]
        # Triton's own backend refuses a model whose configuration says something else than its graph.
        found = [
            (value.name, TYPES[value.type], value.shape[1:])
            for value in [*self.session.get_inputs(), *self.session.get_outputs()]
        ]
        if told != found:
            raise triton.TritonModelException(f"config.pbtxt says {told}, and the graph {found}")

    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        given = {name: triton.get_input_tensor_by_name(request, name).as_numpy() for name in self.inputs}
        made = self.session.run(self.outputs, given)
        # Triton's strings are bytes in an array of objects
        values = [np.char.encode(value.astype(str), "utf-8").astype(object) if value.dtype == object else value for value in made]
        return triton.InferenceResponse([triton.Tensor(name, value) for name, value in zip(self.outputs, values)])
