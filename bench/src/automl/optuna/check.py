"""Turns the held-out rows into a CSV for Bellwether, or scores the CSV that comes back. Prints JSON."""

import json
import sys

import pandas as pd

task, test_path, csv_path, target = sys.argv[1:5]
test = pd.read_parquet(test_path)
if task == "write":
    test.drop(columns=target).to_csv(csv_path, index=False)
    print(json.dumps({"rows": len(test)}))
else:
    error = pd.read_csv(csv_path)["prediction"].to_numpy() - test[target].to_numpy()
    print(json.dumps({"rows": len(error), "mae": float(abs(error).mean()), "rmse": float((error**2).mean() ** 0.5)}))
