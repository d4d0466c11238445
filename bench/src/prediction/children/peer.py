"""XGBoost's quickest way: inplace_predict, which makes no DMatrix."""

import json
import statistics
import sys
import time

import numpy as np
import xgboost as xgb

task = json.loads(sys.argv[1])
booster = xgb.Booster(model_file=task["model"])
booster.set_param({"nthread": task["threads"]})
x = np.fromfile(task["x"], dtype=np.float32).reshape(-1, task["columns"])


def median_seconds(count, act):
    times = []
    for turn in range(count):
        started = time.perf_counter()
        act(turn)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


rows = len(x)
print(json.dumps({
    "rowMicroseconds": 1e6 * median_seconds(
        task["singles"], lambda turn: booster.inplace_predict(x[turn * 7 % rows : turn * 7 % rows + 1])
    ),
    "batchMilliseconds": 1e3 * median_seconds(task["batches"], lambda turn: booster.inplace_predict(x)),
    "predictions": booster.inplace_predict(x[:1000]).tolist(),
}))
