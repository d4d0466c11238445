"""Hyperparameters as the built-in XGBoost container of version 3.0-5 takes them: strings, known names, ranges.
https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost_hyperparameters.html"""

import math

from job import JobFailed

_objectives = """binary:hinge binary:logistic binary:logitraw count:poisson multi:softmax multi:softprob rank:map
rank:ndcg rank:pairwise reg:absoluteerror reg:gamma reg:linear reg:logistic reg:pseudohubererror reg:squarederror
reg:squaredlogerror reg:tweedie survival:aft survival:cox""".split()
_aliases = {"learning_rate": "eta", "min_split_loss": "gamma", "reg_lambda": "lambda", "reg_alpha": "alpha"}
_maximized = ("accuracy", "auc", "aucpr", "f1", "map", "ndcg", "precision", "r2", "recall")


def _whole(low, high=math.inf):
    return lambda text: _within(int(text), low, high)


def _real(low, high=math.inf, above=False):
    return lambda text: _within(float(text), low, high, above)


def _within(value, low, high, above=False):
    if not (low < value if above else low <= value) or value > high:
        raise ValueError
    return value


def _one_of(*values):
    def read(text):
        if text not in values:
            raise ValueError
        return text

    return read


_readers = {
    "alpha": _real(0),
    "base_score": _real(0),
    "booster": _one_of("gbtree", "gblinear", "dart"),
    "colsample_bylevel": _real(0, 1, above=True),
    "colsample_bynode": _real(0, 1, above=True),
    "colsample_bytree": _real(0, 1, above=True),
    "csv_weights": _whole(0, 1),
    "early_stopping_rounds": _whole(1),
    "eta": _real(0, 1),
    "eval_metric": lambda text: [name.strip() for name in text.split(",")],
    "gamma": _real(0),
    "grow_policy": _one_of("depthwise", "lossguide"),
    "interaction_constraints": str,
    "lambda": _real(0),
    "max_bin": _whole(0),
    "max_delta_step": _real(0),
    "max_depth": _whole(0),
    "max_leaves": _whole(0),
    "min_child_weight": _real(0),
    "monotone_constraints": str,
    "nthread": _whole(1),
    "num_class": _whole(2),
    "num_parallel_tree": _whole(1),
    "num_round": _whole(1),
    "objective": _one_of(*_objectives),
    "sampling_method": _one_of("uniform", "gradient_based"),
    "save_model_on_termination": _one_of("true", "false"),
    "scale_pos_weight": _real(0, above=True),
    "seed": _whole(-(2**31) + 1, 2**31 - 2),
    "subsample": _real(0, 1, above=True),
    "tree_method": _one_of("auto", "exact", "approx", "hist", "gpu_hist"),
    "tweedie_variance_power": _real(1, 2, above=True),
    "verbosity": _whole(0, 3),
}


def read_hyperparameters(given):
    """Values by name; raises JobFailed as the container exits."""
    named = {_aliases.get(name, name): text for name, text in given.items()}
    values = {name: _read(name, text) for name, text in named.items()}
    if "num_round" not in values:
        raise _user_error("Missing required hyperparameter: num_round")
    if values.get("objective", "").startswith("multi:") and "num_class" not in values:
        raise _user_error("Require input for parameter 'num_class' for multi-classification")
    if "monotone_constraints" in values and values.get("tree_method") not in ("exact", "hist"):
        raise _user_error(
            "monotone_constraints can be used only when the tree_method parameter is set to either 'exact' or 'hist'."
        )
    if "interaction_constraints" in values and values.get("tree_method") not in ("exact", "hist", "approx"):
        raise _user_error("interaction_constraints needs the tree_method 'exact', 'hist' or 'approx'.")
    return values


def is_maximized(metric):
    return metric.split("@")[0] in _maximized


def _read(name, text):
    if name not in _readers:
        raise _user_error(f"Extraneous hyperparameter found: {name}")
    try:
        return _readers[name](text)
    except ValueError:
        raise _user_error(f"Hyperparameter {name}: value {text} not in range") from None


def _user_error(message):
    return JobFailed(f"AlgorithmError: framework error: UserError: {message}, exit code: 1")
