"""Writes samples/iris.npy: scikit-learn's copy of Fisher's iris data, the class (0, 1, 2) in the last column.

Run with pinned packages, which give the same bytes each time:

    python3 -m venv /tmp/iris && /tmp/iris/bin/pip install scikit-learn==1.5.2 numpy==1.26.4
    /tmp/iris/bin/python scripts/make-iris-sample.py
"""

from pathlib import Path

import numpy
from sklearn.datasets import load_iris

iris = load_iris()
table = numpy.asfortranarray(numpy.column_stack([iris.data, iris.target]).astype("<f8"))
path = Path(__file__).parent.parent / "samples" / "iris.npy"
numpy.save(path, table)
print(path, table.dtype.str, table.shape, "fortran_order:", table.flags.f_contiguous)
