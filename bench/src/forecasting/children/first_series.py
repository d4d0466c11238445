"""The 18 collections by which models, weights and intervals were first chosen."""

import pandas as pd

from readers import by_time, long, months, quarters


def m4(wheels, name):
    return wheels.timetk(name).rename(columns={"id": "unique_id", "date": "ds", "value": "y"})


def m4_gaps(wheels, name, frequency):
    """The M4 samples of these frequencies skip stamps of the calendar; what counts is the order."""
    groups = m4(wheels, name).groupby("unique_id")
    return long({key: (part["ds"].iloc[0][:19].rstrip("Z"), part["y"]) for key, part in groups}, frequency)


def walmart(wheels):
    table = wheels.timetk("walmart_sales_weekly")
    table = table.rename(columns={"id": "unique_id", "Date": "ds", "Weekly_Sales": "y", "IsHoliday": "holiday"})
    table["holiday"] = table["holiday"].astype(str).str.upper().eq("TRUE").astype(int)
    return table[["unique_id", "ds", "y", "holiday"]]


def bike_sharing(wheels):
    table = wheels.timetk("bike_sharing_daily")
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


def bike_sales(wheels):
    table = wheels.timetk("bike_sales_sample", parse_dates=["order_date"])
    grouped = table.groupby(["category_2", pd.Grouper(key="order_date", freq="W-SUN")])["quantity"].sum()
    wide = grouped.unstack("category_2").fillna(0)
    return wide.stack().rename("y").reset_index().rename(columns={"category_2": "unique_id", "order_date": "ds"})


def us_employment(wheels):
    table = wheels.r("fpp3", "us_employment").rename(columns={"Series_ID": "unique_id", "Employed": "y"})
    table["ds"] = pd.to_datetime(table["Month"], format="%Y %b")
    table = table[table["ds"] >= "1999-01-01"].dropna(subset=["y"])
    kept = sorted(table["unique_id"].unique())[::3]
    return table[table["unique_id"].isin(kept)][["unique_id", "ds", "y"]]


def wide_quarters(wheels, package, name, first):
    table = wheels.r(package, name)
    return long({column: (first, table[column]) for column in table.columns if column != "rownames"}, "QS")


def pizzas(wheels):
    table = wheels.r("gt", "pizzaplace")
    counts = table.groupby(["name", "date"]).size().unstack("name").fillna(0)
    counts.index = pd.to_datetime(counts.index)
    counts = counts.asfreq("D").fillna(0)
    return counts.stack().rename("y").reset_index().rename(columns={"name": "unique_id", "date": "ds"})


def wikipedia(wheels):
    table = wheels.timetk("wikipedia_traffic_daily").rename(columns={"Page": "unique_id", "date": "ds", "value": "y"})
    return table.dropna(subset=["y"])


def accommodation(wheels):
    table = wheels.r("fpp3", "aus_accommodation")
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


def collections(wheels):
    return [
        ("AirPassengers", "MS", 12, 12, lambda: long(by_time(wheels, [("datasets", "AirPassengers")], months), "MS")),
        ("M4 monthly", "MS", 12, 18, lambda: m4(wheels, "m4_monthly")),
        ("M4 quarterly", "QS", 4, 8, lambda: m4(wheels, "m4_quarterly")),
        ("M4 yearly", "YS", 1, 6, lambda: m4(wheels, "m4_yearly")),
        ("M4 weekly", "W-SUN", 52, 13, lambda: m4_gaps(wheels, "m4_weekly", "W-SUN")),
        ("M4 daily", "D", 7, 14, lambda: m4_gaps(wheels, "m4_daily", "D")),
        ("M4 hourly", "h", 24, 48, lambda: m4_gaps(wheels, "m4_hourly", "h")),
        ("Walmart weekly", "W-FRI", 52, 8, lambda: walmart(wheels)),
        ("bike sales weekly", "W-SUN", 1, 8, lambda: bike_sales(wheels)),
        ("bike sharing daily", "D", 7, 14, lambda: bike_sharing(wheels)),
        ("wikipedia daily", "D", 7, 14, lambda: wikipedia(wheels)),
        ("R monthly", "MS", 12, 18, lambda: long(by_time(wheels, monthly, months), "MS")),
        ("R quarterly", "QS", 4, 8, lambda: long(by_time(wheels, quarterly, quarters), "QS")),
        ("US employment monthly", "MS", 12, 12, lambda: us_employment(wheels)),
        ("visitor nights quarterly", "QS", 4, 8, lambda: wide_quarters(wheels, "fpp2", "visnights", "1998-01-01")),
        ("prison quarterly", "QS", 4, 8, lambda: wide_quarters(wheels, "fpp2", "prison", "2005-04-01")),
        ("accommodation quarterly", "QS", 4, 8, lambda: accommodation(wheels)),
        ("pizzas daily", "D", 7, 14, lambda: pizzas(wheels)),
    ]
