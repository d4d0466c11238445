"""Whether the first Parquet file holds the same values as each of the others."""

import sys

import polars as pl
from polars.testing import assert_frame_equal

key = ["PRODUCT_ID", "CHECKOUT_DATE"]


def read(path):
    table = pl.read_parquet(path).sort(key)
    return table.select(pl.col("CHECKOUT_DATE").cast(pl.Datetime("us")), pl.exclude("CHECKOUT_DATE").cast(pl.Float64).fill_nan(None))


ours = read(sys.argv[1])
for path in sys.argv[2:]:
    assert_frame_equal(ours, read(path), check_column_order=False, rel_tol=1e-9, abs_tol=1e-9)
print(len(ours))
