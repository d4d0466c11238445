"""What an upload tells its user, with pandas: types, counts, quantiles, distinct and most frequent values; stored as Parquet."""

import json
import re
import sys
import time

import pandas as pd

task = json.loads(sys.argv[1])

started, busy = time.perf_counter(), time.process_time()
orders = pd.read_csv(task["orders"], parse_dates=["CHECKOUT_DATE"])
described = orders.describe(percentiles=[0.05, 0.25, 0.5, 0.75, 0.95])
distinct, missing = orders.nunique(), orders.isna().sum()
orders.to_parquet(task["output"], compression="zstd", index=False)
seconds, cpu = time.perf_counter() - started, time.process_time() - busy

with open("/proc/self/status") as status:
    memory = int(re.search(r"VmHWM:\s*(\d+)", status.read())[1]) / 1024
print(json.dumps({"seconds": seconds, "cpu": cpu, "memory": memory}))
