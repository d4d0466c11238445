"""XGBoost, or scikit-learn's forest, on the same table."""

import json
import re
import sys
import time

import numpy as np

task = json.loads(sys.argv[1])
table, threads, trees = task["table"], task["threads"], task["trees"]
rows, columns = table["rows"], table["columns"]


def peak():
    with open("/proc/self/status") as status:
        return int(re.search(r"VmHWM:\s*(\d+)", status.read())[1]) / 1024


if task["model"] == "boosting":
    import xgboost as xgb
else:
    from sklearn.ensemble import RandomForestRegressor

before = peak()
x = np.fromfile(table["x"], dtype=np.float32).reshape(-1, columns)
y = np.fromfile(table["y"], dtype=np.float32)

if task["model"] == "boosting":
    parameters = {"tree_method": "hist", "nthread": threads, "max_depth": 6, "max_bin": 256}
    started = time.perf_counter()
    booster = xgb.train(parameters, xgb.DMatrix(x[:rows], y[:rows], nthread=threads), trees)
    seconds = time.perf_counter() - started
    predict = booster.inplace_predict
else:
    forest = RandomForestRegressor(trees, n_jobs=threads, random_state=0)
    started = time.perf_counter()
    forest.fit(x[:rows], y[:rows])
    seconds = time.perf_counter() - started
    predict = forest.predict

memory = peak()
rmse = float(np.sqrt(np.mean((predict(x[rows:]) - y[rows:]) ** 2)))
print(json.dumps({"seconds": seconds, "memory": memory, "added": memory - before, "rmse": rmse}))
