"""Serves an ONNX file by a real Triton until its standard input ends.

Usage: triton-server.py MODEL.onnx NAME HTTP_PORT WORKSPACE
Triton itself comes with nvidia-pytriton; as that has no ONNX backend, onnxruntime runs the file behind it.
"""

import os
import signal
import subprocess
import sys

import numpy as np
import onnxruntime
from pytriton.decorators import batch
from pytriton.model_config import ModelConfig, Tensor
from pytriton.triton import Triton, TritonConfig

path, name, port, workspace = sys.argv[1:]
session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
given = session.get_inputs()[0]
dtype = np.float64 if given.type == "tensor(double)" else np.float32


@batch
def infer(features):
    return {"predict": session.run(["predict"], {"features": features})[0]}


config = TritonConfig(
    http_address="127.0.0.1", http_port=int(port), allow_grpc=False, allow_metrics=False, log_verbose=0
)
with Triton(config=config, workspace=workspace) as triton:
    triton.bind(
        model_name=name,
        infer_func=infer,
        inputs=[Tensor(name="features", dtype=dtype, shape=(given.shape[1],))],
        outputs=[Tensor(name="predict", dtype=np.float32, shape=(1,))],
        config=ModelConfig(max_batch_size=128),
    )
    triton.run()
    children = subprocess.run(["pgrep", "-P", str(os.getpid())], capture_output=True, text=True).stdout.split()
    print("ready", flush=True)
    sys.stdin.read()
# It may leave its server behind.
for child in children:
    try:
        os.kill(int(child), signal.SIGKILL)
    except ProcessLookupError:
        pass
