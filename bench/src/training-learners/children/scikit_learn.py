"""Fits scikit-learn's SVM or neural network, and prints seconds and score as JSON."""

import json
import sys
import time
import warnings

import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.svm import SVC, SVR

task = json.loads(sys.argv[1])
table = task["table"]
x = np.fromfile(table["x"]).reshape(-1, table["columns"])
y = np.fromfile(table["y"])
cut = int(table["training"])
regression = table["task"] == "regression"
if task["algorithm"] == "svm":
    options = {"C": task["C"], "gamma": task["gamma"], "tol": task["tolerance"], "cache_size": 256}
    model = SVR(epsilon=task["epsilon"], **options) if regression else SVC(**options)
else:
    warnings.filterwarnings("ignore")
    options = {
        "hidden_layer_sizes": (task["units"],) * task["layers"],
        "batch_size": task["batchSize"],
        "max_iter": task["epochs"],
        "n_iter_no_change": task["epochs"],
        "early_stopping": True,
        "random_state": 1,
    }
    model = MLPRegressor(**options) if regression else MLPClassifier(**options)
started = time.perf_counter()
model.fit(x[:cut], y[:cut])
seconds = time.perf_counter() - started
print(json.dumps({"seconds": seconds, "score": model.score(x[cut:], y[cut:])}))
