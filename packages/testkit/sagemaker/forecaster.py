"""What stands for AutoML's ensemble: a seasonal naive with quantiles from its own errors on the history. Simple, but it
forecasts what it is given, so that whoever mixes up items, periods or quantiles finds out."""

import csv
import io
import json
import math
import os
import tarfile

import numpy

from job import JobFailed
from series_grid import Grid
from series_table import history, read_table

IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-automl-forecasting:1.0-cpu"
_fewest_values = 4
_metrics = ("AverageWeightedQuantileLoss", "WAPE", "RMSE", "MAPE", "MASE")


def metric_names():
    return _metrics


def train(texts, config):
    """A model as plain values, and its metrics on the last horizon that it has not seen."""
    grid, horizon = Grid(config["ForecastFrequency"]), config["ForecastHorizon"]
    levels = [int(name[1:]) / 100 for name in config.get("ForecastQuantiles", ["p10", "p50", "p90"])]
    table = read_table(texts, config, grid)
    longest = max(len(history(values, table.end)) for values in table.items.values())
    if horizon > longest / 4:
        raise JobFailed(
            f"ClientError: ForecastHorizon {horizon} must not exceed 1/4 of the {longest} time-steps of the dataset."
        )
    metrics = _measure(table, grid, horizon, levels)
    model = {
        "config": config,
        "header": table.header,
        "levels": levels,
        "spread": _spread(table, table.end, grid.season, levels),
    }
    return model, metrics


def save(model, path):
    folder = os.path.dirname(path)
    with open(os.path.join(folder, "forecaster.json"), "w") as file:
        json.dump(model, file)
    with tarfile.open(path, "w:gz") as tar:
        tar.add(file.name, arcname="forecaster.json")


def load(archive):
    with tarfile.open(archive) as tar:
        return json.load(tar.extractfile("forecaster.json"))


def invoke(model, payload):
    """Forecasts of all items of one object, from the last value that any of them has."""
    config = model["config"]
    grid, horizon = Grid(config["ForecastFrequency"]), config["ForecastHorizon"]
    table = read_table([payload], config, grid)
    if table.header != model["header"]:
        raise JobFailed("ClientError: 400. The schema of the input differs from that of the training data.")
    names = config["TimeSeriesConfig"]
    answer = io.StringIO()
    lines = csv.writer(answer, lineterminator="\n")
    quantiles = config.get("ForecastQuantiles", ["p10", "p50", "p90"])
    lines.writerow([names["ItemIdentifierAttributeName"], names["TimestampAttributeName"], *quantiles, "mean"])
    for item, values in table.items.items():
        known = history(values, table.end)
        if sum(value is not None for value in values.values()) < _fewest_values:
            raise JobFailed(f"ClientError: 400. Item {item} has fewer than {_fewest_values} valid historical values.")
        last = max(index for index, value in values.items() if value is not None)
        means, spreads = _forecast(known, table.end - last, horizon, grid.season, model["spread"])
        for step in range(horizon):
            stamp = grid.stamp(table.end + 1 + step).strftime("%Y-%m-%d %H:%M:%S")
            lines.writerow([item, stamp, *(round(means[step] + by, 6) for by in spreads[step]), round(means[step], 6)])
    return answer.getvalue()


def _season_of(known, season):
    return season if len(known) >= 2 * season else 1


def _scale(known, season):
    """Mean absolute difference at the season: the error of a naive forecast of one season."""
    if len(known) <= season:
        return 0.0
    return float(numpy.mean(numpy.abs(numpy.subtract(known[season:], known[:-season]))))


def _spread(table, end, season, levels):
    """Quantiles of the naive's errors over all items, in units of the item's scale."""
    errors = []
    for values in table.items.values():
        known = history(values, end)
        own = _season_of(known, season)
        scale = _scale(known, own)
        if scale > 0:
            errors.extend(numpy.subtract(known[own:], known[:-own]) / scale)
    return [float(value) for value in numpy.quantile(errors or [0.0], levels)]


def _forecast(known, skipped, horizon, season, spread):
    own = _season_of(known, season)
    scale = _scale(known, own)
    steps = range(skipped, skipped + horizon)
    means = [known[len(known) - own + step % own] for step in steps]
    # Errors of a naive add up from one repetition to the next.
    spreads = [[scale * by * math.sqrt(1 + step // own) for by in spread] for step in steps]
    return means, spreads


def _measure(table, grid, horizon, levels):
    end = table.end - horizon
    spread = _spread(table, end, grid.season, levels)
    actual, mean, quantiles, scales = [], [], [], []
    for values in table.items.values():
        known = history(values, end)
        if not known:
            continue
        own = _season_of(known, grid.season)
        last = max(index for index, value in values.items() if value is not None and index <= end)
        means, spreads = _forecast(known, end - last, horizon, grid.season, spread)
        for step in range(horizon):
            value = values.get(end + 1 + step)
            if value is None:
                continue
            actual.append(value)
            mean.append(means[step])
            quantiles.append([means[step] + by for by in spreads[step]])
            scales.append(_scale(known, own))
    if not actual:
        return {}
    return _scores(numpy.array(actual), numpy.array(mean), numpy.array(quantiles), numpy.array(scales), levels)


def _scores(actual, mean, quantiles, scales, levels):
    error, total = actual - mean, float(numpy.sum(numpy.abs(actual)))
    losses = []
    for place, level in enumerate(levels):
        off = actual - quantiles[:, place]
        losses.append(2 * float(numpy.sum(numpy.maximum(level * off, (level - 1) * off))))
    used = scales > 0
    found = {
        "AverageWeightedQuantileLoss": numpy.mean(losses) / total if total else 0.0,
        "WAPE": numpy.sum(numpy.abs(error)) / total if total else 0.0,
        "RMSE": math.sqrt(numpy.mean(error**2)),
        "MAPE": numpy.mean(numpy.abs(error[actual != 0] / actual[actual != 0])) if numpy.any(actual != 0) else 0.0,
        "MASE": numpy.mean(numpy.abs(error[used]) / scales[used]) if numpy.any(used) else 0.0,
    }
    return {name: float(found[name]) for name in _metrics}
