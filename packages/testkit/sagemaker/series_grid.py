"""How AutoML cuts time into periods: whole weeks from Mondays, months and years from their first day."""

import datetime
import re

_lengths = {"min": 60, "H": 3600, "D": 86400, "W": 7 * 86400}
_epoch = datetime.datetime(1970, 1, 1)
_monday = datetime.datetime(1970, 1, 5)
_formats = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d")


class Grid:
    """Periods by integers. A repeated season is the shortest that such data usually has."""

    def __init__(self, frequency):
        count, self.unit = re.fullmatch(r"(\d*)(min|[A-Z])", frequency).groups()
        self.count = int(count or 1)
        self.season = max(1, {"min": 1440, "H": 24, "D": 7, "W": 52, "M": 12, "Y": 1}[self.unit] // self.count)

    def index(self, stamp):
        if self.unit in ("M", "Y"):
            months = (stamp.year - 1970) * 12 + stamp.month - 1
            return months // (self.count * (12 if self.unit == "Y" else 1))
        start = _monday if self.unit == "W" else _epoch
        return int((stamp - start).total_seconds() // (_lengths[self.unit] * self.count))

    def stamp(self, index):
        if self.unit in ("M", "Y"):
            months = index * self.count * (12 if self.unit == "Y" else 1)
            return datetime.datetime(1970 + months // 12, months % 12 + 1, 1)
        start = _monday if self.unit == "W" else _epoch
        return start + datetime.timedelta(seconds=index * self.count * _lengths[self.unit])


def read_stamp(text):
    for form in _formats:
        try:
            return datetime.datetime.strptime(text, form)
        except ValueError:
            pass
    raise ValueError(f"time data '{text}' does not match any of the supported timestamp formats")
