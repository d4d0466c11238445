"""What Python's xgboost predicts with a model of ours. Takes {model: path, x: path, columns: n} as JSON."""

import json
import sys

import numpy as np
import xgboost as xgb

task = json.loads(sys.argv[1])
x = np.fromfile(task["x"], dtype=np.float32).reshape(-1, task["columns"])
predictions = xgb.Booster(model_file=task["model"]).predict(xgb.DMatrix(x))
print(json.dumps(predictions.ravel().tolist()))
