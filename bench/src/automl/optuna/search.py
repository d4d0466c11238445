"""What a data scientist writes: Optuna over xgboost, folds, early stopping, a logarithm of the target.

Prints one JSON line: seconds, and the errors on the test rows.
"""

import json
import sys
import time

import numpy as np
import optuna
import pandas as pd
import xgboost as xgb
from sklearn.model_selection import KFold

train_path, test_path, target, trials, threads, seed = sys.argv[1:7]
optuna.logging.set_verbosity(optuna.logging.WARNING)
train, test = pd.read_parquet(train_path), pd.read_parquet(test_path)
begun = time.perf_counter()

for column in train.columns:
    if not pd.api.types.is_numeric_dtype(train[column]):
        levels = sorted(train[column].dropna().unique())
        train[column] = pd.Categorical(train[column], levels)
        test[column] = pd.Categorical(test[column], levels)

x, y = train.drop(columns=target), np.log1p(train[target])
folds = [
    (
        xgb.DMatrix(x.iloc[fit], y.iloc[fit], enable_categorical=True),
        xgb.DMatrix(x.iloc[held], y.iloc[held], enable_categorical=True),
        train[target].iloc[held],
    )
    for fit, held in KFold(3, shuffle=True, random_state=int(seed)).split(x)
]
most_rounds = 1000


def parameters_of(trial):
    return {
        "objective": "reg:squarederror",
        "tree_method": "hist",
        "nthread": int(threads),
        "seed": int(seed),
        "eta": trial.suggest_float("eta", 0.01, 0.3, log=True),
        "max_depth": trial.suggest_int("max_depth", 3, 10),
        "min_child_weight": trial.suggest_float("min_child_weight", 1, 20, log=True),
        "subsample": trial.suggest_float("subsample", 0.5, 1),
        "colsample_bytree": trial.suggest_float("colsample_bytree", 0.5, 1),
        "lambda": trial.suggest_float("lambda", 1e-3, 10, log=True),
        "alpha": trial.suggest_float("alpha", 1e-3, 10, log=True),
    }


def objective(trial):
    parameters, losses, rounds = parameters_of(trial), [], []
    for fit, held, actual in folds:
        booster = xgb.train(
            parameters, fit, most_rounds, evals=[(held, "held")], early_stopping_rounds=50, verbose_eval=False
        )
        predicted = np.expm1(booster.predict(held, iteration_range=(0, booster.best_iteration + 1)))
        losses.append(np.sqrt(np.mean((predicted - actual) ** 2)))
        rounds.append(booster.best_iteration + 1)
    trial.set_user_attr("rounds", int(np.mean(rounds)))
    return float(np.mean(losses))


study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=int(seed)))
study.optimize(objective, n_trials=int(trials))
best = study.best_trial
booster = xgb.train(
    parameters_of(optuna.trial.FixedTrial(best.params)),
    xgb.DMatrix(x, y, enable_categorical=True),
    best.user_attrs["rounds"],
)
predicted = np.expm1(booster.predict(xgb.DMatrix(test.drop(columns=target), enable_categorical=True)))
seconds = time.perf_counter() - begun
error = predicted - test[target]
print(
    json.dumps(
        {
            "seconds": seconds,
            "rmse": float(np.sqrt(np.mean(error**2))),
            "mae": float(np.mean(np.abs(error))),
            "validation": best.value,
            "parameters": {**best.params, "num_round": best.user_attrs["rounds"]},
        }
    )
)
