"""Records what pandas says about a small table, as the fixture of src/profile/build-profile.test.ts.

    python3 -m venv /tmp/pandas && /tmp/pandas/bin/pip install pandas==2.2.3 numpy==1.26.4
    /tmp/pandas/bin/python packages/datasets/scripts/record-profile.py
"""

import io
import json
from pathlib import Path

import numpy
import pandas

rng = numpy.random.default_rng(20240131)
rows = 500
table = pandas.DataFrame(
    {
        "skewed": numpy.round(rng.lognormal(2, 1.5, rows), 6),
        "tiny": rng.normal(0, 1e-9, rows),
        "offset": 1e9 + rng.normal(0, 1e-3, rows),
        "count": rng.poisson(3, rows),
        "gaps": numpy.where(rng.random(rows) < 0.2, numpy.nan, numpy.round(rng.normal(10, 3, rows), 3)),
        "city": rng.choice(["Oslo", "Łódź", "São Paulo", "Rome, IT", 'the "Hague"'], rows, p=[0.4, 0.3, 0.15, 0.1, 0.05]),
        "segment": numpy.where(rng.random(rows) < 0.1, None, rng.choice([f"s{i:02d}" for i in range(14)], rows)),
        "day": (pandas.Timestamp("2024-01-01") + pandas.to_timedelta(rng.integers(0, 90, rows), unit="D")).strftime("%Y-%m-%d"),
    }
)
csv = table.to_csv(index=False)
# the default parser is off by one in the last digit at times
read = pandas.read_csv(io.StringIO(csv), float_precision="round_trip")


def summarize(name: str, column: pandas.Series) -> dict:
    summary = {"name": name, "nulls": int(column.isna().sum()), "distinct": int(column.nunique())}
    if pandas.api.types.is_numeric_dtype(column):
        summary |= {
            "min": float(column.min()),
            "max": float(column.max()),
            "mean": float(column.mean()),
            "standardDeviation": float(column.std()),
            "quantiles": [float(q) for q in column.quantile([0.05, 0.25, 0.5, 0.75, 0.95])],
        }
    elif name != "day":
        counts = column.value_counts().rename_axis("value").reset_index(name="count")
        counts = counts.sort_values(["count", "value"], ascending=[False, True]).head(10)
        summary["top"] = [{"value": v, "count": int(c)} for v, c in zip(counts["value"], counts["count"])]
    return summary


path = Path(__file__).parent.parent / "src" / "profile" / "fixtures" / "pandas.json"
path.parent.mkdir(exist_ok=True)
expected = [summarize(name, read[name]) for name in read.columns]
path.write_text(json.dumps({"csv": csv, "columns": expected}, indent=1, ensure_ascii=False) + "\n")
