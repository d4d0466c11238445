"""The same features with polars: one lazy query, its as-of joins one a series."""

import json
import re
import sys
import time

import polars as pl

task = json.loads(sys.argv[1])

started, busy = time.perf_counter(), time.process_time()
orders = pl.scan_csv(task["orders"], try_parse_dates=True).sort("CHECKOUT_DATE")
for name, files in task["series"].items():
    series = pl.scan_csv(files["csv"], try_parse_dates=True).select(
        pl.col("date").cast(pl.Datetime("us")).alias("CHECKOUT_DATE"), pl.col("value").alias(name)
    )
    orders = orders.join_asof(series.set_sorted("CHECKOUT_DATE"), on="CHECKOUT_DATE", strategy="backward")

weekly = (
    orders.group_by("PRODUCT_ID", pl.col("CHECKOUT_DATE").dt.truncate("1w").alias("week"))
    .agg(pl.col("QUANTITY").sum(), *[pl.col(name).last() for name in task["series"]])
    .sort("PRODUCT_ID", "week")
)
sales = pl.col("QUANTITY")
weekly = weekly.with_columns(
    *[
        sales.shift(back).over("PRODUCT_ID").cast(pl.Float64).alias(f"last-{back}_week_sales")
        for back in range(1, task["lags"] + 1)
    ],
    *[
        sales.shift(1).rolling_mean(window).over("PRODUCT_ID").alias(f"last-{window}_week_mean_sales")
        for window in task["windows"]
    ],
).rename({"week": "CHECKOUT_DATE"})
weekly.collect().write_parquet(task["output"], compression="zstd")
seconds, cpu = time.perf_counter() - started, time.process_time() - busy

with open("/proc/self/status") as status:
    memory = int(re.search(r"VmHWM:\s*(\d+)", status.read())[1]) / 1024
print(json.dumps({"seconds": seconds, "cpu": cpu, "memory": memory}))
