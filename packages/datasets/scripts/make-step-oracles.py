"""Random rows and what pandas makes of them: the oracle of the feature steps.

usage: make-step-oracles.py ROWS FOLDER

Writes into FOLDER: rows.csv, series.json (observations with vintages), and for each case a JSON file
{column: [value or null, …]} in the order of the rows (or of item and week for the aggregate).
pandas 2.3.3, numpy 2.3.4.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

rows, folder = int(sys.argv[1]), Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(7)

# ties (few moments), gaps, duplicates (whole rows), missing dates, missing items and missing values
moments = pd.to_datetime("2015-01-01") + pd.to_timedelta(random.integers(0, 4 * 2500, rows) * 6, unit="h")
table = pd.DataFrame(
    {
        "at": moments,
        "item": random.integers(0, max(3, rows // 400), rows),
        "sales": random.integers(-50, 1000, rows).astype("float64"),
        # of rows of one moment the price tells which is earlier, so no two have the same but those that are alike
        "price": np.round(random.lognormal(2, 1, rows), 3) + random.permutation(rows) / 1e8,
    }
)
table.loc[random.random(rows) < 0.02, "at"] = pd.NaT
table.loc[random.random(rows) < 0.05, "sales"] = np.nan
duplicated = random.integers(0, rows, rows // 50)
table.iloc[duplicated[: rows // 100]] = table.iloc[duplicated[-(rows // 100) :]].to_numpy()
table["item"] = table["item"].astype("int64")
table["at"] = pd.to_datetime(table["at"])
table["sales"] = table["sales"].astype("float64")
table["price"] = table["price"].astype("float64")
table = table.sample(frac=1, random_state=3).reset_index(drop=True)
table["item"] = "i" + table["item"].astype(str)
table.to_csv(folder / "rows.csv", index=False, date_format="%Y-%m-%d %H:%M:%S")


def plain(values):
    return [None if pd.isna(value) else float(value) for value in values]


def write(name, columns):
    (folder / f"{name}.json").write_text(json.dumps({key: plain(values) for key, values in columns.items()}))


# rows of one moment are ordered by their other values, what is looked back at last: as the steps say
dated = table[table["at"].notna()].sort_values(["item", "at", "price", "sales"], kind="stable", na_position="last")
groups = dated.groupby("item", sort=False)["sales"]


def placed(values):
    return values.reindex(table.index)


lags = {}
for back in (1, 2, 3):
    lags[f"last-{back}_row_sales"] = placed(groups.shift(back))
    lags[f"last-{back}_row_diff"] = placed(groups.shift(back) - groups.shift(back + 1))
write("lags", lags)

rolling = {}
for window in (3, 7):
    for of in ("mean", "std", "min", "max"):
        past = groups.transform(lambda series: getattr(series.shift(1).rolling(window), of)())
        rolling[f"last-{window}_row_{of}_sales"] = placed(past)
write("rolling", rolling)

past_mean = groups.transform(lambda series: series.shift(1).expanding().mean())
write(
    "fill",
    {
        # rows without a date have no past: they keep what they have
        "forward": table["sales"].fillna(placed(groups.ffill())),
        "mean": table["sales"].fillna(placed(dated["sales"].fillna(past_mean))),
        "zero": table["sales"].fillna(0),
    },
)

series = {}
known = pd.DataFrame({"at": dated["at"]}).sort_values("at", kind="stable")
levels, changes = {}, {}
for name, frequency in (("DAILY", "D"), ("MONTHLY", "MS"), ("QUARTERLY", "QS")):
    dates = pd.date_range("2016-02-01", "2021-06-01", freq=frequency)
    values = np.round(np.cumsum(random.normal(0, 1, len(dates))) + 50, 3)
    missing = random.random(len(dates)) < 0.05
    series[name] = [
        {"date": str(date.date()), "value": None if gone else float(value)}
        for date, value, gone in zip(dates, values, missing)
    ]
    there = pd.DataFrame({"at": dates, "value": values})[~missing].reset_index(drop=True)
    there["percent"] = (there["value"] / there["value"].shift(1) - 1) * 100
    joined = pd.merge_asof(known, there.astype({"at": known["at"].dtype}), on="at", direction="backward")
    joined.index = known.index
    levels[name] = placed(joined["value"])
    changes[f"{name}_percent_change"] = placed(joined["percent"])
(folder / "series.json").write_text(json.dumps(series))
write("macro", levels | changes)

weeks = dated.assign(week=dated["at"].dt.to_period("W-SUN").dt.start_time)
last = weeks["week"].max() if dated["at"].max() >= weeks["week"].max() + pd.Timedelta(days=6) else weeks["week"].max() - pd.Timedelta(days=7)
weeks = weeks[weeks["week"] <= last]
filled = []
for item, group in weeks.groupby("item"):
    sums = group.groupby("week").agg(sales=("sales", "sum"), price=("price", "mean"))
    sums = sums.reindex(pd.date_range(group["week"].min(), last, freq="7D"))
    filled.append(sums.assign(item=item))
weekly = pd.concat(filled)
weekly["sales"] = weekly["sales"].fillna(0)
weekly["week"] = weekly.index
weekly = weekly.sort_values(["item", "week"])
by_item = weekly.groupby("item")["sales"]
write(
    "aggregate",
    {
        "at": weekly["week"].astype("datetime64[ms]").astype("int64"),
        "sales": weekly["sales"],
        "price": weekly["price"],
        "last-1_week_sales": by_item.shift(1),
        "last-1_week_diff": by_item.shift(1) - by_item.shift(2),
        "last-4_week_mean_sales": by_item.transform(lambda values: values.shift(1).rolling(4).mean()),
    },
)
