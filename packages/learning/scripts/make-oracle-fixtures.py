"""Records what scikit-learn computes, for the tests of this package to compare with.

    python3 -m venv /tmp/oracle
    /tmp/oracle/bin/pip install scikit-learn==1.7.2 numpy==2.3.4 scipy==1.16.3
    /tmp/oracle/bin/python packages/learning/scripts/make-oracle-fixtures.py

Rewrites packages/learning/fixtures/*.json. Numbers are rounded to 12 significant digits, which is far finer than the
tolerances of the tests.
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import metrics
from sklearn.compose import TransformedTargetRegressor
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, make_classification, make_friedman1
from sklearn.impute import SimpleImputer
from sklearn.linear_model import ElasticNet, LogisticRegression, Ridge
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC, SVR

assert sklearn.__version__ == "1.7.2", sklearn.__version__
FIXTURES = pathlib.Path(__file__).parent.parent / "fixtures"


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(f"{value:.12g}")
    return value.item() if isinstance(value, np.generic) else value


def write(name, content):
    path = FIXTURES / f"{name}.json"
    path.write_text(json.dumps(plain(content), separators=(",", ":")) + "\n")
    print(path.name, path.stat().st_size)


def split(x, y):
    """Every fifth row is held out."""
    held = np.arange(len(y)) % 5 == 0
    return x[~held], y[~held], x[held], y[held]


iris = load_iris()
cancer = load_breast_cancer()
diabetes = load_diabetes(scaled=False)
clouds = make_classification(
    700, 8, n_informative=6, n_redundant=1, n_classes=3, n_clusters_per_class=2, flip_y=0.04, class_sep=1.1, random_state=3
)
waves = make_friedman1(700, n_features=6, noise=1.0, random_state=4)
# the first ten columns are the means, and half of the rows are enough
DATA = {
    "clouds": (clouds[0].round(3), clouds[1]),
    "waves": (waves[0].round(3), waves[1].round(3)),
    "iris": (iris.data, iris.target),
    "cancer": (cancer.data[::2, :10], cancer.target[::2]),
    "diabetes": (diabetes.data, diabetes.target),
}


def regression(model, x, y):
    train_x, train_y, held_x, held_y = split(x, y)
    model.fit(train_x, train_y)
    values = model.predict(held_x)
    return {"values": values, "r2": metrics.r2_score(held_y, values)}


def ridge(alpha):
    model = make_pipeline(StandardScaler(), Ridge(alpha=alpha))
    result = regression(model, *DATA["diabetes"])
    return {"alpha": alpha, "coefficients": model[-1].coef_, "intercept": model[-1].intercept_, **result}


def elastic_net(alpha, l1_ratio):
    """`alpha` as ours is scikit-learn's times the rows, so that it goes over into `Ridge`'s."""
    rows = len(split(*DATA["diabetes"])[1])
    net = ElasticNet(alpha=alpha / rows, l1_ratio=l1_ratio, tol=1e-13, max_iter=1_000_000)
    model = TransformedTargetRegressor(make_pipeline(StandardScaler(), net), transformer=StandardScaler())
    result = regression(model, *DATA["diabetes"])
    weights = model.regressor_[-1].coef_ * model.transformer_.scale_[0]
    return {"alpha": alpha, "l1Ratio": l1_ratio, "coefficients": weights, **result}


def logistic(name, C, l1_ratio=0.0, class_weight=None):
    train_x, train_y, held_x, held_y = split(*DATA[name])
    options = {"C": C, "class_weight": class_weight, "max_iter": 1_000_000}
    if l1_ratio == 0:
        learner = LogisticRegression(tol=1e-10, **options)
    else:
        learner = LogisticRegression(solver="saga", penalty="elasticnet", l1_ratio=l1_ratio, tol=1e-12, **options)
    model = make_pipeline(StandardScaler(), learner).fit(train_x, train_y)
    return {
        "data": name,
        "C": C,
        "l1Ratio": l1_ratio,
        "classWeight": class_weight or "none",
        "coefficients": model[-1].coef_,
        "intercepts": model[-1].intercept_,
        "probabilities": model.predict_proba(held_x),
        "labels": model.predict(held_x),
    }


def svc(name, **options):
    train_x, train_y, held_x, held_y = split(*DATA[name])
    model = make_pipeline(StandardScaler(), SVC(tol=1e-7, break_ties=True, **options)).fit(train_x, train_y)
    weights = options.pop("class_weight", "none")
    return {
        "data": name,
        **options,
        "classWeight": weights,
        "decision": model.decision_function(held_x),
        "labels": model.predict(held_x),
        "supportVectors": int(model[-1].n_support_.sum()),
    }


def svr(**options):
    model = TransformedTargetRegressor(make_pipeline(StandardScaler(), SVR(tol=1e-7, **options)), transformer=StandardScaler())
    return {**options, **regression(model, *DATA["diabetes"])}


def classification_scores(model, name):
    train_x, train_y, held_x, held_y = split(*DATA[name])
    model.fit(train_x, train_y)
    return {
        "accuracy": model.score(held_x, held_y),
        "logLoss": metrics.log_loss(held_y, model.predict_proba(held_x)),
    }


def mean_scores(make, name, seeds):
    """Of learners that draw random numbers, whose single scores say little."""
    scores = [classification_scores(make(seed), name) for seed in range(seeds)]
    return {key: np.mean([score[key] for score in scores]) for key in scores[0]}


def scores():
    """What each learner with its defaults reaches on the held-out rows."""
    warnings.filterwarnings("ignore", message="Stochastic Optimizer")
    scaled = lambda learner: make_pipeline(StandardScaler(), learner)
    both = lambda learner: TransformedTargetRegressor(scaled(learner), transformer=StandardScaler())
    cases = []
    for name in ["iris", "cancer", "clouds"]:
        learners = {
            "linear": (1, lambda seed: scaled(LogisticRegression())),
            "svm": (5, lambda seed: scaled(SVC(probability=True, random_state=seed))),
            "neural": (5, lambda seed: scaled(MLPClassifier(random_state=seed))),
        }
        for algorithm, (seeds, make) in learners.items():
            cases.append({"algorithm": algorithm, "data": name, **mean_scores(make, name, seeds)})
    for name in ["diabetes", "waves"]:
        cases.append({"algorithm": "linear", "data": name, "r2": regression(both(Ridge()), *DATA[name])["r2"]})
        cases.append({"algorithm": "svm", "data": name, "r2": regression(both(SVR()), *DATA[name])["r2"]})
        networks = [regression(both(MLPRegressor(random_state=seed)), *DATA[name])["r2"] for seed in range(5)]
        cases.append({"algorithm": "neural", "data": name, "r2": np.mean(networks)})
    return cases


def one_metric_case(name, truth, labels=None, probabilities=None, decision=None, classes=None):
    truth = np.array(truth)
    case = {"name": name, "truth": truth, "classes": classes, "labels": labels}
    expected = {
        "accuracy": metrics.accuracy_score(truth, labels),
        "balancedAccuracy": np.mean(metrics.recall_score(truth, labels, labels=np.unique(truth), average=None)),
        "f1": metrics.f1_score(truth, labels, average="macro"),
    }
    if probabilities is not None:
        # rounded first: what is a tie in the file has to be one for scikit-learn
        probabilities = plain(np.array(probabilities, float))
        case["probabilities"] = np.array(probabilities)
        expected["logLoss"] = metrics.log_loss(truth, probabilities, labels=range(classes))
        per_class = [
            metrics.roc_auc_score(truth == k, case["probabilities"][:, k])
            for k in (range(classes) if classes > 2 else [1])
            if 0 < (truth == k).sum() < len(truth)
        ]
        if per_class:
            expected["auc"] = np.mean(per_class)
        if len(per_class) == classes > 2:
            whole = metrics.roc_auc_score(truth, case["probabilities"], multi_class="ovr", average="macro")
            assert np.isclose(whole, expected["auc"])
    if decision is not None:
        case["decision"] = decision
        expected["auc"] = metrics.roc_auc_score(truth, decision)
    return {**case, "expected": expected}


def classification_cases():
    rng = np.random.default_rng(0)
    scores = rng.dirichlet(np.ones(4), 60).round(3)
    scores /= scores.sum(axis=1, keepdims=True)
    truth = rng.integers(0, 4, 60)
    binary_truth = rng.integers(0, 2, 40)
    tied = (rng.integers(0, 5, 40) + binary_truth) / 6
    tied_p = np.stack([1 - tied, tied], axis=1)
    return [
        one_metric_case("four labels", truth, scores.argmax(axis=1), scores, classes=4),
        one_metric_case("binary with tied scores", binary_truth, (tied > 0.5).astype(int), tied_p, classes=2),
        one_metric_case("one label held out", [1, 1, 1], [1, 0, 1], [[0.2, 0.8], [0.6, 0.4], [0.1, 0.9]], classes=2),
        one_metric_case("a label nowhere held out", [0, 0, 2], [0, 2, 2], [[0.7, 0.2, 0.1], [0.2, 0.2, 0.6], [0, 0, 1]], classes=3),
        one_metric_case("a label only predicted", [0, 0, 2], [0, 1, 2], [[0.7, 0.2, 0.1], [0.2, 0.6, 0.2], [0, 0, 1]], classes=3),
        one_metric_case("certain and wrong", [0, 1], [1, 1], [[0, 1], [0, 1]], classes=2),
        one_metric_case("decision values", [0, 1, 1, 0, 1], [0, 1, 0, 0, 1], decision=[-1.0, 2.0, -0.5, -0.5, 0.1], classes=2),
    ]


def regression_case(name, truth, values):
    truth, values = np.array(truth, float), np.array(values, float)
    expected = {
        "rmse": metrics.root_mean_squared_error(truth, values),
        "mae": metrics.mean_absolute_error(truth, values),
        "mse": metrics.mean_squared_error(truth, values),
    }
    if len(truth) > 1:
        expected["r2"] = metrics.r2_score(truth, values)
    if min(truth.min(), values.min()) >= 0:
        expected["rmsle"] = metrics.root_mean_squared_log_error(truth, values)
    return {"name": name, "truth": truth, "values": values, "expected": expected}


def regression_cases():
    rng = np.random.default_rng(1)
    truth = rng.gamma(2, 3, 50).round(3)
    return [
        regression_case("positive values", truth, (truth * rng.uniform(0.5, 1.5, 50)).round(3)),
        regression_case("negative values", [-1, 2, 3], [1, 2, -3]),
        regression_case("constant truth, missed", [2, 2], [1, 3]),
        regression_case("constant truth, met", [2, 2], [2, 2]),
        regression_case("one row", [5], [4]),
    ]


def preprocessing():
    rng = np.random.default_rng(2)
    numbers = rng.normal(50, 20, 30).round(2)
    numbers[[3, 7, 20]] = np.nan
    imputed = SimpleImputer(strategy="median", add_indicator=True).fit_transform(numbers[:, None])
    scaled = StandardScaler().fit_transform(imputed[:, :1])
    levels = np.array(["red"] * 9 + ["green"] * 7 + ["blue"] * 6 + ["black"] * 5 + ["white"] * 3, dtype=object)
    rng.shuffle(levels)
    capped = OneHotEncoder(max_categories=4, handle_unknown="infrequent_if_exist", sparse_output=False)
    full = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    probe = np.array([["blue"], ["black"], ["never seen"]], dtype=object)
    gaps = levels.copy()
    gaps[[0, 5]] = None
    filled = SimpleImputer(strategy="most_frequent", missing_values=None).fit_transform(gaps[:, None])
    flags = np.array([1, 0, 1, np.nan, 1, 0, np.nan])
    return {
        "numbers": numbers,
        "numbersEncoded": np.hstack([scaled, imputed[:, 1:]]),
        "levels": levels.tolist(),
        "capped": capped.fit_transform(levels[:, None]),
        "full": full.fit_transform(levels[:, None]),
        "probe": probe[:, 0].tolist(),
        "probeCapped": capped.transform(probe),
        "probeFull": full.transform(probe),
        "gaps": gaps.tolist(),
        "gapsFilled": OneHotEncoder(sparse_output=False).fit_transform(filled),
        "flags": flags,
        "flagsFilled": SimpleImputer(strategy="most_frequent").fit_transform(flags[:, None])[:, 0],
    }


write("data", {name: {"x": x, "y": y} for name, (x, y) in DATA.items()})
write(
    "linear",
    {
        "ridge": [ridge(1.0), ridge(100.0)],
        "elasticNet": [elastic_net(1.0, 1.0), elastic_net(20.0, 1.0), elastic_net(50.0, 0.5), elastic_net(5.0, 0.1)],
        "logistic": [
            logistic("iris", 1.0),
            logistic("iris", 0.05),
            logistic("cancer", 1.0),
            logistic("cancer", 1.0, class_weight="balanced"),
            logistic("clouds", 1.0, class_weight={0: 1, 1: 4, 2: 1}),
        ],
        "sparseLogistic": [
            logistic("cancer", 0.2, l1_ratio=1.0),
            logistic("iris", 0.5, l1_ratio=1.0),
            logistic("clouds", 0.05, l1_ratio=0.5, class_weight="balanced"),
        ],
    },
)
write("scores", scores())
write(
    "svm",
    {
        "svc": [
            svc("iris", kernel="rbf", C=1.0, gamma="scale"),
            svc("iris", kernel="linear", C=0.5),
            svc("cancer", kernel="rbf", C=1.0, gamma="scale"),
            svc("cancer", kernel="rbf", C=10.0, gamma=0.05),
            svc("cancer", kernel="linear", C=1.0),
            svc("cancer", kernel="rbf", C=1.0, gamma="scale", class_weight="balanced"),
            svc("clouds", kernel="rbf", C=10.0, gamma="scale", class_weight={0: 1, 1: 4, 2: 0.5}),
        ],
        "svr": [
            svr(kernel="rbf", C=1.0, epsilon=0.1, gamma="scale"),
            svr(kernel="linear", C=0.1, epsilon=0.3),
        ],
    },
)
write("metrics", {"classification": classification_cases(), "regression": regression_cases()})
write("preprocessing", preprocessing())
