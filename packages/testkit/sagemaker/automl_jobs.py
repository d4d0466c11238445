"""CreateAutoMLJobV2 for time series, and what belongs to it. AutoML jobs cannot be deleted, as in SageMaker."""

import os
import tempfile

import forecaster
import storage
from api_error import ApiError, invalid
from job import Job, JobFailed
from registry import arn

_longest_horizon = 500
_algorithms = ("cnn-qr", "deepar", "prophet", "npts", "arima", "ets")


class AutoMlJobs:
    def __init__(self, faults, step):
        self._jobs, self._faults, self._step = {}, faults, step

    def create(self, request):
        name = request["AutoMLJobName"]
        config = _checked(request)
        if name in self._jobs:
            raise ApiError(
                "ResourceInUse",
                "AutoML job names must be unique within an AWS account and region, and an AutoML job with this name"
                f" already exists ({self._jobs[name].arn})",
            )
        phases = [
            ("Starting", lambda job: None),
            ("PreTraining", lambda job: _read(job)),
            ("TrainingModels", lambda job: _train(job, config)),
            ("GeneratingModelInsightsReport", lambda job: None),
        ]
        job = Job(name, arn("automl-job", name), request, phases, self._faults.of_next_job(), self._step())
        self._jobs[name] = job
        return {"AutoMLJobArn": job.arn}

    def describe(self, request):
        return _description(self._of(request))

    def stop(self, request):
        job = self._of(request)
        if not job.stop():
            raise invalid(f"The request was rejected because the AutoML job is in status {job.status}.")
        return {}

    def candidates(self, request):
        job = self._of(request)
        best = _candidate(job)
        return {"Candidates": [] if best is None else [best]}

    def _of(self, request):
        job = self._jobs.get(request["AutoMLJobName"])
        if job is None:
            raise ApiError("ResourceNotFound", f"Could not find AutoML job {request['AutoMLJobName']}.")
        return job


def _checked(request):
    """What the service refuses although its model allows it."""
    kinds = request["AutoMLProblemTypeConfig"]
    if list(kinds) != ["TimeSeriesForecastingJobConfig"]:
        raise invalid("This server does the problem type TimeSeriesForecasting alone.")
    config = kinds["TimeSeriesForecastingJobConfig"]
    if config["ForecastHorizon"] > _longest_horizon:
        raise invalid(f"ForecastHorizon must be less than or equal to {_longest_horizon}.")
    metric = request.get("AutoMLJobObjective", {}).get("MetricName", forecaster.metric_names()[0])
    if metric not in forecaster.metric_names():
        raise invalid(f"{metric} is not a valid objective metric for the problem type TimeSeriesForecasting.")
    for choice in config.get("CandidateGenerationConfig", {}).get("AlgorithmsConfig", []):
        for algorithm in choice["AutoMLAlgorithms"]:
            if algorithm not in _algorithms:
                raise invalid(f"{algorithm} is not a valid algorithm for the problem type TimeSeriesForecasting.")
    _check_filling(config)
    for channel in request["AutoMLJobInputDataConfig"]:
        if channel.get("ContentType", "text/csv;header=present") != "text/csv;header=present":
            raise invalid("This server reads text/csv;header=present only.")
    return config


def _check_filling(config):
    target = config["TimeSeriesConfig"]["TargetAttributeName"]
    for name, filling in config.get("Transformations", {}).get("Filling", {}).items():
        allowed = {"zero", "value", "mean", "median", "min", "max"} | ({"nan"} if name == target else set())
        for place, how in filling.items():
            if place.endswith("_value"):
                continue
            if place == "frontfill":
                good = name == target and how == "none"
            else:
                good = how in allowed and not (place == "futurefill" and name == target)
            if not good:
                raise invalid(f"{place} with {how} is not supported for the column {name}.")


def _read(job):
    s3 = storage.client()
    texts = []
    for channel in job.request["AutoMLJobInputDataConfig"]:
        uri = channel["DataSource"]["S3DataSource"]["S3Uri"]
        for bucket, key, _ in storage.keys_under(s3, uri):
            texts.append(s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode())
    if not texts:
        raise JobFailed("ClientError: No S3 objects found under the S3 URL given in the input data source.")
    job.result["texts"] = texts


def _train(job, config):
    model, metrics = forecaster.train(job.result.pop("texts"), config)
    uri = f"{job.request['OutputDataConfig']['S3OutputPath'].rstrip('/')}/{job.name}/models/ensemble/output/model.tar.gz"
    with tempfile.TemporaryDirectory(prefix="sagemaker-automl-") as folder:
        path = os.path.join(folder, "model.tar.gz")
        forecaster.save(model, path)
        try:
            storage.upload(storage.client(), path, uri)
        except Exception as error:
            raise JobFailed(f"ClientError: Artifact upload failed: {error}") from None
    job.result.update(artifact=uri, metrics=metrics)


def _candidate(job):
    if "artifact" not in job.result:
        return None
    output = job.request["OutputDataConfig"]["S3OutputPath"].rstrip("/")
    metrics = job.result["metrics"]
    objective = job.request.get("AutoMLJobObjective", {}).get("MetricName", forecaster.metric_names()[0])
    value = metrics.get(objective)
    return {
        "CandidateName": f"{job.name}-ensemble",
        "ObjectiveStatus": "Succeeded",
        "CandidateStatus": "Completed",
        "CandidateSteps": [
            {
                "CandidateStepType": "AWS::SageMaker::TrainingJob",
                "CandidateStepArn": arn("training-job", f"{job.name}-1"),
                "CandidateStepName": f"{job.name}-1",
            }
        ],
        **(
            {}
            if value is None
            else {"FinalAutoMLJobObjectiveMetric": {"Type": "Minimize", "MetricName": objective, "Value": value}}
        ),
        "InferenceContainers": [
            {"Image": forecaster.IMAGE, "ModelDataUrl": job.result["artifact"], "Environment": {"FORECASTER": "ensemble"}}
        ],
        "CandidateProperties": {
            "CandidateArtifactLocations": {"Explainability": f"{output}/{job.name}/explainability"},
            "CandidateMetrics": [
                {"MetricName": name, "StandardMetricName": name, "Value": metric, "Set": "Test"}
                for name, metric in metrics.items()
            ],
        },
        "CreationTime": job.created,
        "LastModifiedTime": job.modified,
    }


def _description(job):
    request = job.request
    return {
        **{key: value for key, value in request.items() if key != "Tags"},
        "AutoMLJobArn": job.arn,
        "AutoMLProblemTypeConfigName": "TimeSeriesForecasting",
        "CreationTime": job.created,
        "EndTime": job.ended,
        "LastModifiedTime": job.modified,
        "FailureReason": job.failure,
        "BestCandidate": _candidate(job) if job.status == "Completed" else None,
        "AutoMLJobStatus": job.status,
        "AutoMLJobSecondaryStatus": job.secondary,
    }
