"""The table of a time-series job: CSV with a header, one row an item and stamp, cells of the future left empty."""

import csv
import io

from job import JobFailed
from series_grid import read_stamp

_most_numbers, _most_categories = 13, 10


class SeriesTable:
    """header: names of all columns; items: by item, value by period, None where it is missing; end: the last period
    that has a value of any item"""

    def __init__(self, header, items, end):
        self.header, self.items, self.end = header, items, end


def read_table(texts, config, grid):
    names = config["TimeSeriesConfig"]
    item, time, target = (
        names[f"{part}AttributeName"] for part in ("ItemIdentifier", "Timestamp", "Target")
    )
    header, items, kinds = None, {}, {}
    for text in texts:
        rows = csv.DictReader(io.StringIO(text))
        if header is None:
            header = rows.fieldnames or []
            _check_header(header, (item, time, target), config)
        elif rows.fieldnames != header:
            raise JobFailed("ClientError: the header of all input files must be the same.")
        for row in rows:
            _add(items, grid, row, (item, time, target))
            for name in header:
                if name not in (item, time, target) and row[name]:
                    kinds[name] = "number" if kinds.get(name, "number") == "number" and _is_number(row[name]) else "text"
    _check_features(list(kinds.values()))
    ends = [index for values in items.values() for index, value in values.items() if value is not None]
    if not ends:
        raise JobFailed("ClientError: no valid values were found in the target column.")
    return SeriesTable(header, items, max(ends))


def history(values, end):
    """Values of an item from its first one to its last one, no later than `end`; a missing one repeats the one before."""
    known = sorted(index for index, value in values.items() if value is not None and index <= end)
    if not known:
        return []
    filled, last = [], None
    for index in range(known[0], known[-1] + 1):
        value = values.get(index)
        last = last if value is None else value
        filled.append(last)
    return filled


def _add(items, grid, row, columns):
    item, time, target = (row[name] for name in columns)
    try:
        index = grid.index(read_stamp(time))
        value = None if target == "" else float(target)
    except ValueError as error:
        raise JobFailed(f"ClientError: the input could not be parsed: {error}") from None
    values = items.setdefault(item, {})
    before = values.get(index)
    # Rows of one period are added up, as is AutoML's default.
    values[index] = before if value is None else value + (before or 0)


def _check_header(header, wanted, config):
    missing = [name for name in wanted if name not in header]
    filled = config.get("Transformations", {}).get("Filling", {})
    missing += [name for name in filled if name not in header]
    if missing:
        raise JobFailed(f"ClientError: columns {missing} were not found in the header of the input.")


def _check_features(kinds):
    if kinds.count("number") > _most_numbers:
        raise JobFailed(f"ClientError: there are more than {_most_numbers} numerical features.")
    if kinds.count("text") > _most_categories:
        raise JobFailed(f"ClientError: there are more than {_most_categories} categorical features.")


def _is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False
