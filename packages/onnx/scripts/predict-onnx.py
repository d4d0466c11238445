"""Predicts by ONNX files with onnxruntime, which knows nothing of this program; prints JSON.

    python3 -m venv venv && venv/bin/pip install onnxruntime==1.31.1 numpy==2.4.6
    venv/bin/python packages/onnx/scripts/predict-onnx.py FOLDER

FOLDER holds NAME.onnx and NAME.json, the encoded rows (null where a number is missing).
"""

import json
import pathlib
import sys

import numpy as np
import onnxruntime

answers = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    dtype = np.float64 if session.get_inputs()[0].type == "tensor(double)" else np.float32
    rows = np.array(json.loads(path.with_suffix(".json").read_text()), dtype)
    names = [output.name for output in session.get_outputs()]
    outputs = session.run(names, {"features": rows})
    answers[path.stem] = {name: output.tolist() for name, output in zip(names, outputs)}
print(json.dumps(answers))
