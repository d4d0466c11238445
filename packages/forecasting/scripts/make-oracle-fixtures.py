"""Records what statsforecast and utilsforecast compute, for the tests of this package to compare with.

    python3 -m venv /tmp/oracle
    /tmp/oracle/bin/pip install statsforecast==2.1.1 utilsforecast==0.2.17 statsmodels==0.15.0 numpy==2.4.6 pandas==2.3.3
    /tmp/oracle/bin/python packages/forecasting/scripts/make-oracle-fixtures.py

Rewrites packages/forecasting/fixtures/*.json. Numbers are rounded to 12 significant digits, which is far finer than the
tolerances of the tests.
"""

import json
import pathlib
import warnings

import numpy as np
import pandas as pd
import statsforecast
import utilsforecast
from statsforecast import models
from statsmodels.tsa.statespace.sarimax import SARIMAX
from statsforecast.mstl import mstl
from statsforecast.utils import AirPassengers
from utilsforecast import losses

assert statsforecast.__version__ == "2.1.1", statsforecast.__version__
assert utilsforecast.__version__ == "0.2.17", utilsforecast.__version__
FIXTURES = pathlib.Path(__file__).parent.parent / "fixtures"
warnings.filterwarnings("ignore")


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [rounded(inner) for inner in value]
    if isinstance(value, (float, np.floating)):
        return float(f"{value:.12g}") if np.isfinite(value) else None
    return value


def write(name, value):
    path = FIXTURES / name
    path.write_text(json.dumps(rounded(value), separators=(",", ":")) + "\n")
    print(path.name, path.stat().st_size)


def series(seed, n, m, level, trend, season, noise, kind):
    """Trend × season × noise; `kind` says how they combine."""
    rng = np.random.default_rng(seed)
    t = np.arange(n)
    pattern = rng.normal(size=m) if m > 1 else np.zeros(1)
    pattern = (pattern - pattern.mean()) * season
    cycle = pattern[t % m]
    if kind == "additive":
        return level * (1 + trend * t + cycle + noise * rng.normal(size=n))
    if kind == "multiplicative":
        return level * np.exp(trend * t + cycle + noise * rng.normal(size=n))
    if kind == "walk":
        return level * (1 + np.cumsum(trend + noise * rng.normal(size=n)) + cycle)
    if kind == "damped":
        return level * (1 + trend * 20 * (1 - np.exp(-t / 20)) + cycle + noise * rng.normal(size=n))
    if kind == "intermittent":
        demand = rng.random(n) < 0.3 + trend * t
        return np.where(demand, np.maximum(1, np.round(rng.gamma(2, level / 2, size=n))), 0.0)
    if kind == "counts":
        return rng.poisson(level * np.exp(trend * t + cycle)).astype(float)
    raise ValueError(kind)


# name, n, season length, level, trend, season, noise, kind
GENERATED = [
    ("monthly-additive", 120, 12, 200, 0.004, 0.15, 0.05, "additive"),
    ("monthly-multiplicative", 120, 12, 150, 0.006, 0.2, 0.05, "multiplicative"),
    ("monthly-no-season", 96, 12, 500, 0.002, 0.0, 0.08, "additive"),
    ("monthly-falling", 108, 12, 900, -0.006, 0.1, 0.04, "multiplicative"),
    ("monthly-short", 30, 12, 40, 0.01, 0.2, 0.03, "additive"),
    ("monthly-two-years", 25, 12, 70, 0.0, 0.3, 0.05, "multiplicative"),
    ("monthly-long", 300, 12, 1000, 0.001, 0.1, 0.06, "multiplicative"),
    ("monthly-walk", 144, 12, 300, 0.0, 0.0, 0.03, "walk"),
    ("monthly-walk-season", 144, 12, 300, 0.002, 0.1, 0.02, "walk"),
    ("monthly-damped", 96, 12, 120, 0.03, 0.08, 0.03, "damped"),
    ("quarterly-additive", 60, 4, 80, 0.01, 0.1, 0.04, "additive"),
    ("quarterly-multiplicative", 48, 4, 2500, 0.015, 0.15, 0.03, "multiplicative"),
    ("quarterly-short", 18, 4, 33, 0.02, 0.1, 0.05, "additive"),
    ("quarterly-walk", 80, 4, 60, 0.005, 0.05, 0.03, "walk"),
    ("yearly-trend", 40, 1, 15, 0.03, 0.0, 0.05, "additive"),
    ("yearly-growth", 32, 1, 1200, 0.04, 0.0, 0.04, "multiplicative"),
    ("yearly-walk", 50, 1, 90, 0.0, 0.0, 0.06, "walk"),
    ("yearly-short", 12, 1, 250, 0.02, 0.0, 0.05, "damped"),
    ("daily-weekly-season", 210, 7, 60, 0.001, 0.25, 0.1, "additive"),
    ("daily-multiplicative", 180, 7, 400, 0.002, 0.3, 0.08, "multiplicative"),
    ("daily-walk", 150, 7, 1000, 0.0, 0.05, 0.015, "walk"),
    ("daily-counts", 200, 7, 12, 0.001, 0.3, 0.0, "counts"),
    ("hourly-season", 240, 24, 35, 0.0, 0.3, 0.08, "additive"),
    ("hourly-multiplicative", 192, 24, 800, 0.001, 0.25, 0.06, "multiplicative"),
    ("weekly-season", 160, 52, 220, 0.001, 0.15, 0.06, "additive"),
    ("weekly-short", 90, 52, 5000, 0.002, 0.1, 0.05, "multiplicative"),
    ("negative-level", 100, 12, -50, 0.003, 0.2, 0.1, "additive"),
    ("intermittent", 120, 12, 6, 0.0, 0.0, 0.0, "intermittent"),
    ("intermittent-fading", 100, 7, 20, -0.002, 0.0, 0.0, "intermittent"),
    ("small-counts", 90, 1, 2, 0.0, 0.0, 0.0, "counts"),
]

ALPHA = 0.1  # the smoothing constant of TSB, for demand and for probability


def forecasts(y, m, h):
    several = {
        "naive": models.Naive(),
        "seasonal-naive": models.SeasonalNaive(season_length=m),
        "drift": models.RandomWalkWithDrift(),
        "historic-mean": models.HistoricAverage(),
        "theta": models.DynamicOptimizedTheta(season_length=m),
        "auto-theta": models.AutoTheta(season_length=m),
        "ets": models.AutoETS(season_length=m),
        "ces": models.AutoCES(season_length=m),
        "mstl": models.MSTL(season_length=m) if m > 1 else None,
        "arima": models.AutoARIMA(season_length=m),
        "croston": models.CrostonClassic(),
        "croston-sba": models.CrostonSBA(),
        "tsb": models.TSB(alpha_d=ALPHA, alpha_p=ALPHA),
    }
    out, notes = {}, {}
    for name, model in several.items():
        if model is None or (name == "arima" and m > 12):
            continue
        try:
            out[name] = model.forecast(y=y, h=h)["mean"]
        except Exception as failure:  # a peer that gives no answer is no oracle
            print(name, repr(failure))
            continue
        if name in ("theta", "auto-theta"):
            # Its search stops by an absolute tolerance: in millionths of the unit it goes on until it has converged.
            out[f"{name}-converged"] = model.forecast(y=y * 1e6, h=h)["mean"] / 1e6
        if name == "ets":
            notes["ets"] = model.fit(y).model_["method"]
        if name == "arima":
            fitted = model.fit(y).model_
            notes["arima"] = [int(order) for order in fitted["arma"]]
            notes["arima-aicc"] = fitted["aicc"]
    return out, notes


def record_forecasts():
    all_series = [("air-passengers", AirPassengers, 12)]
    for seed, (name, n, m, *shape) in enumerate(GENERATED):
        all_series.append((name, np.round(series(seed, n, m, *shape), 2), m))
    rows = []
    for name, y, m in all_series:
        h = max(m + 2, 8) if m < 52 else 20
        y = y.astype(np.float64)
        means, notes = forecasts(y, m, h)
        rows.append({"name": name, "seasonLength": m, "history": y, "forecasts": means, "notes": notes})
        print(name, notes)
    write("forecasts.json", rows)


def record_decomposition():
    rng = np.random.default_rng(7)
    t = np.arange(200)
    y = np.round(50 + 0.1 * t + 5 * np.sin(2 * np.pi * t / 7) + 8 * np.cos(2 * np.pi * t / 24) + rng.normal(size=200), 3)
    one = mstl(y[:80], 7)
    two = mstl(y, [7, 24])
    write(
        "mstl.json",
        {
            "history": y,
            "one": {"length": 80, "seasonal": one["seasonal"].values, "trend": one["trend"].values},
            "two": {
                "seasonal7": two["seasonal7"].values,
                "seasonal24": two["seasonal24"].values,
                "trend": two["trend"].values,
            },
        },
    )


def record_metrics():
    rng = np.random.default_rng(3)
    quantiles = np.array([0.1, 0.5, 0.9])
    frames, trains = [], []
    for item, n in [("a", 12), ("b", 7), ("c", 5)]:
        y = np.round(rng.gamma(2, 20, size=n), 3)
        if item == "b":
            y[[1, 4]] = 0.0
        centre = y + rng.normal(scale=8, size=n)
        frame = pd.DataFrame({"unique_id": item, "ds": np.arange(n), "y": y, "mean": centre})
        for q, shift in zip(quantiles, [-9, 0.5, 11]):
            frame[f"p{round(q * 100)}"] = centre + shift
        frame["mean-lo-80"], frame["mean-hi-80"] = frame["p10"], frame["p90"]
        frames.append(frame)
        trains.append(pd.DataFrame({"unique_id": item, "ds": np.arange(40), "y": np.round(rng.gamma(2, 20, size=40), 3)}))
    df, train = pd.concat(frames), pd.concat(trains)
    by_item = {
        "rmse": losses.rmse(df, ["mean"]),
        "mape": losses.mape(df, ["mean"]),
        "smape": losses.smape(df, ["mean"]),
        "wape": losses.wape(df, ["mean"]),
        "mase": losses.mase(df, ["mean"], seasonality=4, train_df=train),
        "coverage": losses.coverage(df, ["mean"], level=80),
        "meanWeightedQuantileLoss": losses.scaled_crps(df, {"mean": ["p10", "p50", "p90"]}, quantiles),
    }
    for q in quantiles:
        # utilsforecast weighs only over all quantiles at once; with one quantile its scaled CRPS is that quantile's wQL.
        one = losses.scaled_crps(df, {"mean": [f"p{round(q * 100)}"]}, np.array([q]))
        by_item[f"weightedQuantileLoss{q}"] = one
    # All rows as one item: what utilsforecast gives for the table as a whole.
    pooled = df.assign(unique_id="all")
    overall = {
        "rmse": losses.rmse(pooled, ["mean"])["mean"].iloc[0],
        "mape": losses.mape(pooled, ["mean"])["mean"].iloc[0],
        "smape": losses.smape(pooled, ["mean"])["mean"].iloc[0],
        "wape": losses.wape(pooled, ["mean"])["mean"].iloc[0],
        "coverage": losses.coverage(pooled, ["mean"], level=80)["mean"].iloc[0],
        "meanWeightedQuantileLoss": losses.scaled_crps(pooled, {"mean": ["p10", "p50", "p90"]}, quantiles)["mean"].iloc[0],
        "mase": by_item["mase"]["mean"].mean(),
    }
    for q in quantiles:
        overall[f"weightedQuantileLoss{q}"] = losses.scaled_crps(
            pooled, {"mean": [f"p{round(q * 100)}"]}, np.array([q])
        )["mean"].iloc[0]
    items = []
    for item, frame in df.groupby("unique_id"):
        items.append(
            {
                "item": item,
                "history": train[train.unique_id == item]["y"].values,
                "actual": frame["y"].values,
                "mean": frame["mean"].values,
                "quantiles": [frame[f"p{round(q * 100)}"].values for q in quantiles],
                "metrics": {
                    name: table.set_index("unique_id")["mean"][item] for name, table in by_item.items()
                },
            }
        )
    write("metrics.json", {"levels": quantiles, "seasonLength": 4, "items": items, "overall": overall})


def record_likelihoods():
    """Exact likelihoods and forecasts of ARMA models with given coefficients."""
    y = np.log(AirPassengers)
    x = np.diff(y[12:] - y[:-12])
    rows = []
    for order, seasonal, params in [
        ((0, 0, 1), (0, 0, 1), [-0.4, -0.55]),
        ((2, 0, 1), (1, 0, 0), [0.5, -0.3, 0.4, -0.3]),
        ((1, 0, 0), (0, 0, 0), [-0.35]),
        ((0, 0, 3), (0, 0, 0), [0.2, 0.1, -0.3]),
        ((1, 0, 1), (1, 0, 1), [0.2, -0.5, -0.2, -0.45]),
    ]:
        model = SARIMAX(x, order=order, seasonal_order=(*seasonal, 12), concentrate_scale=True)
        fitted = model.filter(params)
        rows.append(
            {
                "order": [order[0], order[2], seasonal[0], seasonal[2]],
                "ar": -fitted.polynomial_reduced_ar[1:],
                "ma": fitted.polynomial_reduced_ma[1:],
                "logLikelihood": fitted.llf,
                "forecast": fitted.forecast(15),
            }
        )
    write("arma.json", {"series": x, "season": 12, "models": rows})


record_likelihoods()
record_metrics()
record_decomposition()
record_forecasts()
