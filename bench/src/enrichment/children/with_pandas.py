"""The same features with pandas: one sort by time, one merge_asof a series, one groupby."""

import json
import re
import sys
import time

import pandas as pd
import pyarrow

task = json.loads(sys.argv[1])
pyarrow.set_cpu_count(2)

started, busy = time.perf_counter(), time.process_time()
orders = pd.read_csv(task["orders"], parse_dates=["CHECKOUT_DATE"])
orders = orders.sort_values("CHECKOUT_DATE", ignore_index=True)
for name, files in task["series"].items():
    series = pd.read_csv(files["csv"], parse_dates=["date"]).rename(columns={"date": "CHECKOUT_DATE", "value": name})
    series["CHECKOUT_DATE"] = series["CHECKOUT_DATE"].astype(orders["CHECKOUT_DATE"].dtype)
    orders = pd.merge_asof(orders, series, on="CHECKOUT_DATE", direction="backward")

at = orders["CHECKOUT_DATE"].dt
orders["week"] = at.normalize() - pd.to_timedelta(at.day_of_week, unit="D")
values = {"QUANTITY": "sum"} | {name: "last" for name in task["series"]}
weekly = orders.groupby(["PRODUCT_ID", "week"], sort=True).agg(values).reset_index()

by_item = weekly.groupby("PRODUCT_ID")["QUANTITY"]
for back in range(1, task["lags"] + 1):
    weekly[f"last-{back}_week_sales"] = by_item.shift(back)
past = weekly.assign(past=by_item.shift(1)).groupby("PRODUCT_ID")["past"]
for window in task["windows"]:
    weekly[f"last-{window}_week_mean_sales"] = past.rolling(window).mean().reset_index(level=0, drop=True)

weekly = weekly.rename(columns={"week": "CHECKOUT_DATE"})
weekly.to_parquet(task["output"], compression="zstd", index=False)
seconds, cpu = time.perf_counter() - started, time.process_time() - busy

with open("/proc/self/status") as status:
    memory = int(re.search(r"VmHWM:\s*(\d+)", status.read())[1]) / 1024
print(json.dumps({"seconds": seconds, "cpu": cpu, "memory": memory}))
