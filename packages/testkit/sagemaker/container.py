"""What the built-in XGBoost container does with its files: CSV without a header in, `xgboost-model` out."""

import csv
import os
import tarfile

import numpy
import xgboost

from hyperparameters import is_maximized, read_hyperparameters
from job import JobFailed, JobStopped

MODEL_NAME = "xgboost-model"


def read_channel(folder, weights):
    """The label is the first column. XGBoost's own text reader, as in the container: it is not as exact as Python's."""
    first = sorted(os.listdir(folder))[0]
    with open(os.path.join(folder, first)) as lines:
        delimiter = _sniff(lines.readline())
    columns = "&label_column=0" + ("&weight_column=1" if weights else "")
    try:
        return xgboost.DMatrix(f"{folder}?format=csv{columns}&delimiter={delimiter}")
    except Exception as error:
        raise JobFailed(
            f"AlgorithmError: framework error: UserError: Failed to load csv data with exception:\n{error}, exit code: 1"
        ) from None


def train(job, folders, model_folder):
    """Trains on the channels' folders, writes the model, and returns the metrics of the last round by name."""
    values = read_hyperparameters(job.request.get("HyperParameters", {}))
    rounds = values.pop("num_round")
    patience = values.pop("early_stopping_rounds", None)
    weights = values.pop("csv_weights", 0)
    values.pop("save_model_on_termination", None)
    matrices = {name: read_channel(folder, weights) for name, folder in folders.items()}
    if matrices["train"].num_row() == 0:
        raise JobFailed("AlgorithmError: framework error: UserError: No data in training channel path, exit code: 1")
    callbacks = [_StopCallback(job)]
    metric = values.get("eval_metric", [None])[-1]
    # Without an evaluation metric of its own the container does not stop early, whatever was asked.
    if patience and metric and "validation" in matrices:
        callbacks.append(
            xgboost.callback.EarlyStopping(
                rounds=patience,
                data_name="validation",
                metric_name=metric,
                maximize=is_maximized(metric),
                save_best=True,
            )
        )
    results = {}
    try:
        booster = xgboost.train(
            values,
            matrices["train"],
            num_boost_round=rounds,
            evals=[(matrix, name) for name, matrix in matrices.items()],
            evals_result=results,
            callbacks=callbacks,
            verbose_eval=False,
        )
    except xgboost.core.XGBoostError as error:
        raise JobFailed(
            f"AlgorithmError: framework error: XGB train call failed with exception:\n {error}, exit code: 1"
        ) from None
    if job.stop_requested():
        raise JobStopped
    # A name without a known ending is written as UBJSON by this version.
    with xgboost.config_context(verbosity=0):
        booster.save_model(os.path.join(model_folder, MODEL_NAME))
    return {f"{name}:{key}": values[-1] for name, by_key in results.items() for key, values in by_key.items()}


class _StopCallback(xgboost.callback.TrainingCallback):
    def __init__(self, job):
        super().__init__()
        self._job = job

    def after_iteration(self, model, epoch, evals_log):
        return self._job.stop_requested()


def load(archive, folder):
    """The model of `model.tar.gz`: the first file that is listed, whatever its name."""
    os.makedirs(folder)
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile() and os.path.basename(member.name) == member.name.removeprefix("./"):
                tar.extract(member, folder)
    files = [name for name in os.listdir(folder) if not name.startswith(".")]
    if not files:
        raise JobFailed("ClientError: the model archive is empty")
    booster = xgboost.Booster()
    try:
        booster.load_model(os.path.join(folder, files[0]))
    except xgboost.core.XGBoostError as error:
        raise JobFailed(f"ClientError: Model {files[0]} cannot be loaded: {error}") from None
    return booster


def invoke(booster, payload):
    """Predictions for lines of CSV without a label, one line each, as the container answers in batch mode."""
    text = payload.strip()
    delimiter = _sniff(text.split("\n")[0][:512])
    if delimiter.isalnum():
        delimiter = ","
    cells = [["nan" if cell == "" else cell for cell in line.split(delimiter)] for line in text.split("\n")]
    try:
        matrix = xgboost.DMatrix(numpy.array(cells).astype(float))
        predictions = booster.predict(matrix, validate_features=False)
    except (ValueError, xgboost.core.XGBoostError) as error:
        raise JobFailed(f"ClientError: 400. Unable to evaluate payload provided: {error}") from None
    return "\n".join(str(prediction) for prediction in predictions.tolist()) + "\n"


def _sniff(line):
    try:
        return csv.Sniffer().sniff(line).delimiter
    except csv.Error as error:
        raise JobFailed(
            f"AlgorithmError: framework error: UserError: Could not determine delimiter on line {line[:50]}:\n{error},"
            " exit code: 1"
        ) from None
