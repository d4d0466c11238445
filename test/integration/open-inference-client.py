"""Asks a server of the Open Inference Protocol by Triton's own client, in each form; prints the answers as JSON.

Usage: open-inference-client.py HOST:PORT TENANT
Model `plane` is of the numeric columns x and y, `shapes` of the columns size (numeric), colour (text), old (boolean).
"""

import itertools
import json
import sys

import numpy as np
import tritonclient.http as http
from tritonclient.utils import InferenceServerException

address, tenant = sys.argv[1:]
# The client writes into it.
headers = {"X-User-Id": tenant}
client = http.InferenceServerClient(address)

NUMERIC = {
    "UINT8": np.uint8, "UINT16": np.uint16, "UINT32": np.uint32, "UINT64": np.uint64,
    "INT8": np.int8, "INT16": np.int16, "INT32": np.int32, "INT64": np.int64,
    "FP16": np.float16, "FP32": np.float32, "FP64": np.float64,
}


def tensor(name, values, datatype, binary):
    given = http.InferInput(name, list(values.shape), datatype)
    given.set_data_from_numpy(values, binary_data=binary)
    return given


def ask(model, inputs, binary_outputs, **options):
    names = options.pop("names", ["predict"])
    outputs = [http.InferRequestedOutput(name, binary_data=binary_outputs) for name in names]
    result = client.infer(model, inputs, outputs=outputs, headers=dict(headers), **options)
    return {name: result.as_numpy(name).tolist() for name in names}


answers = {
    "live": client.is_server_live(),
    "ready": client.is_server_ready(),
    "model ready": client.is_model_ready("plane", headers=dict(headers)),
    "version ready": client.is_model_ready("plane", "1", headers=dict(headers)),
    "unknown ready": client.is_model_ready("unknown", headers=dict(headers)),
    "server": client.get_server_metadata(),
    "model": client.get_model_metadata("shapes", headers=dict(headers)),
}

plane = []
for (datatype, dtype), binary, wish in itertools.product(NUMERIC.items(), [True, False], [True, False]):
    if datatype == "FP16" and not binary:
        continue  # the client itself refuses it as JSON
    x, y = np.array([1, 2, 3], dtype), np.array([4, 5, 6], dtype)
    columns = [tensor("x", x, datatype, binary), tensor("y", y, datatype, binary)]
    matrix = [tensor("rows", np.stack([x, y], axis=1), datatype, binary)]
    plane += [ask("plane", given, wish)["predict"] for given in (columns, matrix)]
answers["plane"] = plane
answers["compressed"] = [
    ask(
        "plane",
        [tensor("x", np.array([1.0, 2, 3]), "FP64", True), tensor("y", np.array([4.0, 5, 6]), "FP64", True)],
        True,
        request_compression_algorithm=algorithm,
    )["predict"]
    for algorithm in ("gzip", "deflate")
]

shapes = []
for binary, wish in itertools.product([True, False], [True, False]):
    # Always in binary: a number that is missing is NaN, which JSON has no word for.
    size = tensor("size", np.array([1.0, 9.0, np.nan]), "FP64", True)
    colour = tensor("colour", np.array(["red", "blué", "blué"], dtype=np.object_), "BYTES", binary)
    old = tensor("old", np.array([True, False, False]), "BOOL", binary)
    result = client.infer(
        "shapes",
        [size, colour, old],
        outputs=[http.InferRequestedOutput(name, binary_data=wish) for name in ("predict", "probabilities")],
        headers=dict(headers),
        model_version="2",
        request_id="r-1",
    )
    labels = [label.decode() if isinstance(label, bytes) else label for label in result.as_numpy("predict")]
    shapes.append(
        {
            "id": result.get_response()["id"],
            "predict": labels,
            "probabilities": result.as_numpy("probabilities").tolist(),
        }
    )
answers["shapes"] = shapes

# Without a word about outputs the client asks for all of them in binary.
unasked = client.infer("plane", [tensor("rows", np.array([[1.0, 4.0]]), "FP64", True)], headers=dict(headers))
answers["unasked"] = unasked.as_numpy("predict").tolist()

try:
    ask("plane", [tensor("z", np.array([1.0]), "FP64", True)], True)
except InferenceServerException as refused:
    answers["refused"] = [refused.status(), refused.message()]

print(json.dumps(answers))
