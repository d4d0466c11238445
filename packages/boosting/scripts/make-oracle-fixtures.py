"""Writes packages/boosting/fixtures: models that XGBoost has trained, with what it predicts from them.

    python3 -m venv venv && venv/bin/pip install xgboost-cpu==3.2.0 scikit-learn==1.9.1 pandas==2.3.3
    venv/bin/python packages/boosting/scripts/make-oracle-fixtures.py
"""

import base64
import json
from pathlib import Path

import numpy as np
import pandas as pd
import xgboost as xgb
from sklearn import datasets
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.metrics import accuracy_score, log_loss, mean_squared_error

FIXTURES = Path(__file__).parent.parent / "fixtures"
rng = np.random.default_rng(7)


def numbers(array):
    """float32 as the shortest decimals that read back as it; missing as null."""
    flat = np.asarray(array, dtype=np.float32).ravel()
    return [None if np.isnan(value) else float(str(value)) for value in flat]


def table(rows, columns=4):
    x = rng.normal(size=(rows, columns)).astype(np.float32)
    x[:, 1] = np.round(x[:, 1])
    x[rng.random(x.shape) < 0.1] = np.nan
    z = np.nan_to_num(x)
    return x, z[:, 0] + np.sin(2 * z[:, 2]) * z[:, 1] + 0.1 * rng.normal(size=rows)


def case(name, parameters, target, rounds=4, stop=False, form="ubj"):
    x, y = table(300)
    test, _ = table(20)
    data = xgb.DMatrix(x, target(y))
    extra = {}
    if stop:
        held, z = table(100)
        extra = {"evals": [(xgb.DMatrix(held, target(z)), "held")], "early_stopping_rounds": 3, "verbose_eval": False}
    booster = xgb.train({"max_depth": 4, "nthread": 1, **parameters}, data, rounds, **extra)
    return record(name, booster, xgb.DMatrix(test), test, form)


def record(name, booster, data, test, form="ubj"):
    raw = bytes(booster.save_raw(form))
    every = {"iteration_range": (0, booster.num_boosted_rounds())}
    return {
        "name": name,
        "format": "ubjson" if form == "ubj" else form,
        "model": base64.b64encode(raw).decode(),
        "columns": test.shape[1],
        "rows": numbers(test),
        "margins": numbers(booster.predict(data, output_margin=True, **every)),
        "predictions": numbers(booster.predict(data, **every)),
        "contributions": numbers(booster.predict(data, pred_contribs=True, **every)),
        "importance": {
            kind: booster.get_score(importance_type=kind)
            for kind in ["weight", "gain", "cover", "total_gain", "total_cover"]
        },
        "attributes": booster.attributes(),
    }


def categorical():
    x, y = table(400, 3)
    letters = rng.integers(0, 12, 400)
    frame = pd.DataFrame({"a": x[:, 0], "b": pd.Categorical(letters, categories=range(12)), "c": x[:, 2]})
    y = y + np.where(letters % 3 == 0, 3, -1)
    data = xgb.DMatrix(frame, y, enable_categorical=True)
    booster = xgb.train({"max_depth": 4, "nthread": 1, "max_cat_to_onehot": 2}, data, 4)
    assert '"split_type":[1' in bytes(booster.save_raw("json")).decode()
    head = frame.head(20)
    return record("categories", booster, xgb.DMatrix(head, enable_categorical=True), head.to_numpy(dtype=np.float32))


def cases():
    same = lambda y: y
    sign = lambda y: (y > 0).astype(float)
    third = lambda y: np.digitize(y, [-0.5, 0.5])
    count = lambda y: np.round(np.abs(y))
    return [
        case("squared error", {}, same),
        case("squared error as JSON", {}, same, form="json"),
        case("deep", {"max_depth": 12, "min_child_weight": 0}, same),
        case("squared log error", {"objective": "reg:squaredlogerror"}, np.abs),
        case("absolute error", {"objective": "reg:absoluteerror"}, same),
        case("quantiles", {"objective": "reg:quantileerror", "quantile_alpha": [0.1, 0.5, 0.9]}, same),
        case("two targets", {}, lambda y: np.stack([y, -2 * y], 1)),
        case("logistic", {"objective": "binary:logistic"}, sign),
        case("logistic as JSON", {"objective": "binary:logistic"}, sign, form="json"),
        case("softprob", {"objective": "multi:softprob", "num_class": 3}, third),
        case("softmax", {"objective": "multi:softmax", "num_class": 3}, third),
        case("poisson", {"objective": "count:poisson"}, count),
        case("tweedie", {"objective": "reg:tweedie", "tweedie_variance_power": 1.3}, np.abs),
        case("forest", {"num_parallel_tree": 3, "subsample": 0.7, "colsample_bynode": 0.5}, same, 2),
        case("dart", {"booster": "dart", "rate_drop": 0.5, "seed": 3}, same, 6),
        case("early stopping", {"eta": 0.9}, same, 60, stop=True),
        categorical(),
    ]


def scores():
    """What XGBoost and scikit-learn reach on a split of real tables."""
    found = []
    for name, load in [("breast-cancer", datasets.load_breast_cancer), ("diabetes", datasets.load_diabetes)]:
        x, y = load(return_X_y=True)
        x = x.astype(np.float32)
        order = np.random.RandomState(42).permutation(len(y))
        cut = len(y) * 7 // 10
        train, test = order[:cut], order[cut:]
        binary = name == "breast-cancer"
        objective = "binary:logistic" if binary else "reg:squarederror"
        parameters = {"objective": objective, "max_depth": 4, "eta": 0.1, "nthread": 1}
        booster = xgb.train(parameters, xgb.DMatrix(x[train], y[train]), 60)
        predicted = booster.predict(xgb.DMatrix(x[test]))
        # Forests are compared by their mean over five seeds.
        kind = RandomForestClassifier if binary else RandomForestRegressor
        forests = [kind(300, random_state=seed).fit(x[train], y[train]) for seed in range(5)]
        if binary:
            shares = [forest.predict_proba(x[test])[:, 1] for forest in forests]
            found_scores = {
                "logLoss": log_loss(y[test], predicted),
                "accuracy": accuracy_score(y[test], predicted > 0.5),
                "forestLogLoss": np.mean([log_loss(y[test], np.clip(share, 1e-6, 1 - 1e-6)) for share in shares]),
                "forestAccuracy": np.mean([accuracy_score(y[test], share > 0.5) for share in shares]),
            }
        else:
            found_scores = {
                "rmse": mean_squared_error(y[test], predicted) ** 0.5,
                "forestRmse": np.mean([mean_squared_error(y[test], forest.predict(x[test])) ** 0.5 for forest in forests]),
            }
        found.append({
            "name": name,
            "columns": x.shape[1],
            "train": {"x": numbers(x[train]), "y": [float(v) for v in y[train]]},
            "test": {"x": numbers(x[test]), "y": [float(v) for v in y[test]]},
            **found_scores,
        })
    return found


def losses():
    """The loss of each objective, of targets y, predictions p and weights w; for XGBoost and for us."""
    pinball = lambda alpha: lambda y, p: np.where(y >= p, alpha * (y - p), (alpha - 1) * (y - p))
    return {
        "reg:squarederror": lambda y, p: (y - p) ** 2,
        "reg:squaredlogerror": lambda y, p: (np.log1p(y) - np.log1p(p)) ** 2,
        "reg:absoluteerror": lambda y, p: np.abs(y - p),
        "reg:quantileerror": pinball(0.8),
        "binary:logistic": lambda y, p: -np.log(np.where(y == 1, p, 1 - p)),
        "multi:softprob": lambda y, p: -np.log(p[np.arange(len(y)), y.astype(int)]),
        "count:poisson": lambda y, p: p - y * np.log(p),
        "reg:tweedie": lambda y, p: p**0.7 / 0.7 + y * p**-0.3 / 0.3,
    }


def objectives():
    """Losses of XGBoost on rows that it has not seen, of each objective, with missing values, with and without weights.

    Columns have fewer values than bins, so that XGBoost and we look at the same splits.
    """
    own = np.random.default_rng(11)
    rows, held, columns = 1500, 1000, 4
    x = np.round(own.normal(size=(rows + held, columns)) * 20).clip(-60, 60) / 20
    x[own.random(x.shape) < 0.1] = np.nan
    z = np.nan_to_num(x)
    signal = z[:, 0] + np.sin(2 * z[:, 2]) * z[:, 1]
    noisy = np.round(signal + 0.5 * own.normal(size=len(z)), 2)
    spend = np.where(own.random(len(z)) < 0.3, 0, np.round(own.gamma(2, np.exp(signal / 2)), 2))
    weights = own.integers(1, 5, rows).astype(float)
    targets = {
        "reg:squarederror": noisy,
        "reg:squaredlogerror": np.round(np.exp(noisy), 2),
        "reg:absoluteerror": noisy,
        "reg:quantileerror": noisy,
        "binary:logistic": (noisy > 0).astype(float),
        "multi:softprob": np.digitize(noisy, [-0.7, 0.7]).astype(float),
        "count:poisson": own.poisson(np.exp(signal / 2)).astype(float),
        "reg:tweedie": spend,
    }
    special = {
        "reg:quantileerror": {"quantile_alpha": 0.8},
        # One score for all classes: XGBoost estimates one each since 3.1, which versions before it do not read.
        "multi:softprob": {"num_class": 3, "base_score": 0.5},
        "reg:tweedie": {"tweedie_variance_power": 1.3},
    }
    found = []
    for name, loss in losses().items():
        y = targets[name]
        for weighted in [False, True]:
            parameters = {"objective": name, "max_depth": 4, "eta": 0.2, "nthread": 1, **special.get(name, {})}
            data = xgb.DMatrix(x[:rows], y[:rows], weight=weights if weighted else None)
            predicted = xgb.train(parameters, data, 30).predict(xgb.DMatrix(x[rows:])).astype(float)
            found.append({"objective": name, "weighted": weighted, "loss": loss(y[rows:], predicted).mean()})
    return {
        "columns": columns,
        "rows": rows,
        "x": numbers(x),
        "weights": list(weights),
        "targets": {name: list(y) for name, y in targets.items()},
        "losses": found,
    }


FIXTURES.mkdir(exist_ok=True)
(FIXTURES / "models.json").write_text(json.dumps(cases(), indent=1) + "\n")
(FIXTURES / "scores.json").write_text(json.dumps(scores()) + "\n")
(FIXTURES / "objectives.json").write_text(json.dumps(objectives()) + "\n")
