"""Forecasts of one peer, collection by collection.

usage: peer.py TASKS_JSON JOBS MODEL

A task is a collection, its file, what is held out after the forecast, and the file to write: unique_id, step, mean,
low, high (80 %). Prints a line for each, with the seconds from the table in memory to the forecasts.
"""

import json
import sys
import time
import warnings

import pandas as pd

warnings.filterwarnings("ignore")
tasks_file, jobs, model = sys.argv[1:]


def statistical(train, horizon, season, frequency):
    from statsforecast import StatsForecast
    from statsforecast.models import MSTL, AutoARIMA, AutoCES, AutoETS, AutoTheta, Naive, SeasonalNaive

    made = {
        "AutoETS": lambda: AutoETS(season_length=season),
        "AutoTheta": lambda: AutoTheta(season_length=season),
        "AutoCES": lambda: AutoCES(season_length=season),
        "AutoARIMA": lambda: AutoARIMA(season_length=season),
        "MSTL": lambda: MSTL(season_length=season) if season > 1 else AutoETS(season_length=1),
        "SeasonalNaive": lambda: SeasonalNaive(season_length=season),
    }[model]()
    frame = train[["unique_id", "ds", "y"]]
    # What its compiler makes on first use is not a forecast's time.
    small = frame.groupby("unique_id").tail(3 * season + 20)
    StatsForecast([made], freq=frequency, fallback_model=Naive()).forecast(
        df=small[small["unique_id"] == small["unique_id"].iloc[0]], h=1, level=[80]
    )
    started = time.process_time()
    forecasts = StatsForecast([made], freq=frequency, n_jobs=int(jobs), fallback_model=Naive()).forecast(
        df=frame, h=horizon, level=[80]
    )
    seconds = time.process_time() - started
    name = repr(made)
    return forecasts.rename(columns={name: "mean", f"{name}-lo-80": "low", f"{name}-hi-80": "high"}), seconds


def boosted(train, future, horizon, season, frequency, known):
    from lightgbm import LGBMRegressor
    from mlforecast import MLForecast
    from mlforecast.lag_transforms import ExpandingMean, RollingMean
    from mlforecast.target_transforms import Differences, LocalStandardScaler
    from mlforecast.utils import PredictionIntervals

    shortest = train.groupby("unique_id").size().min()
    started = time.process_time()
    lags = sorted({1, 2, 3, 4, season, *([season + 1] if season > 1 else [])})
    lags = [lag for lag in lags if lag < shortest - 2 * horizon - 4]
    dates = {"MS": ["month"], "QS": ["quarter"], "D": ["dayofweek", "month"], "h": ["hour", "dayofweek"]}
    forecaster = MLForecast(
        LGBMRegressor(verbosity=-1, n_estimators=100, num_threads=int(jobs), random_state=0),
        freq=frequency,
        lags=lags,
        lag_transforms={1: [ExpandingMean(), RollingMean(4)]},
        date_features=dates.get(frequency, ["week"] if frequency.startswith("W") else []),
        target_transforms=[Differences([1]), LocalStandardScaler()],
    )
    columns = ["unique_id", "ds", "y", *known]
    exogenous = {"X_df": future[["unique_id", "ds", *known]]} if known else {}
    try:
        intervals = PredictionIntervals(n_windows=2, h=horizon)
        forecaster.fit(train[columns], static_features=[], prediction_intervals=intervals)
        forecasts = forecaster.predict(horizon, level=[80], **exogenous)
    except Exception:
        # Too short for windows of its own: without an interval.
        forecaster.fit(train[columns], static_features=[])
        forecasts = forecaster.predict(horizon, **exogenous)
    seconds = time.process_time() - started
    name = "LGBMRegressor"
    return forecasts.rename(columns={name: "mean", f"{name}-lo-80": "low", f"{name}-hi-80": "high"}), seconds


def forecast(task):
    collection = task["collection"]
    horizon, season, frequency = collection["horizon"], collection["season"], collection["frequency"]
    table = pd.read_csv(task["file"], parse_dates=["ds"], dtype={"unique_id": str})
    ends = table.groupby("unique_id").cumcount(ascending=False)
    cut = task["holdOut"] * horizon
    train = table[ends >= cut + horizon].reset_index(drop=True)
    future = table[(ends >= cut) & (ends < cut + horizon)].reset_index(drop=True)
    if model == "mlforecast":
        forecasts, seconds = boosted(train, future, horizon, season, frequency, collection["known"])
    else:
        forecasts, seconds = statistical(train, horizon, season, frequency)
    forecasts = forecasts.sort_values(["unique_id", "ds"])
    forecasts["step"] = forecasts.groupby("unique_id").cumcount()
    for column in ("low", "high"):
        # A series so short that its model has no interval: the forecast itself.
        forecasts[column] = forecasts[column].fillna(forecasts["mean"]) if column in forecasts else forecasts["mean"]
    forecasts[["unique_id", "step", "mean", "low", "high"]].to_csv(task["out"], index=False)
    return seconds


with open(tasks_file) as file:
    tasks = json.load(file)
if model == "mlforecast":
    # What its libraries load on first use is not a forecast's time; the compilers of the others are warmed by task.
    forecast(tasks[0])
for task in tasks:
    print(json.dumps({"seconds": forecast(task)}), flush=True)
