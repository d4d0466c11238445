"""CreateTransformJob: predictions for CSV objects, one `.out` object each."""

import os
import tempfile

import container
import forecaster
import storage
from api_error import ApiError, invalid, not_found
from job import Job, JobFailed
from models import containers_of
from registry import arn, page_of


class TransformJobs:
    def __init__(self, models, faults, step):
        self._jobs, self._models, self._faults, self._step = {}, models, faults, step

    def create(self, request):
        name = request["TransformJobName"]
        model = self._models.find(request["ModelName"])
        if model is None:
            raise invalid(f'Could not find model "{arn("model", request["ModelName"])}".')
        if name in self._jobs:
            raise ApiError(
                "ResourceInUse",
                "Job name must be unique within an AWS account and region, and a job with this name already exists"
                f" ({self._jobs[name].arn})",
            )
        phases = [
            ("Starting", lambda job: None),
            ("Transforming", lambda job: _transform(job, model)),
            ("Uploading", lambda job: None),
        ]
        job = Job(name, arn("transform-job", name), request, phases, self._faults.of_next_job(), self._step())
        self._jobs[name] = job
        return {"TransformJobArn": job.arn}

    def describe(self, request):
        job = self._of(request)
        return {
            **{key: value for key, value in job.request.items() if key != "Tags"},
            "TransformJobArn": job.arn,
            "TransformJobStatus": job.status,
            "FailureReason": job.failure,
            "CreationTime": job.created,
            "TransformStartTime": job.started,
            "TransformEndTime": job.ended,
        }

    def stop(self, request):
        job = self._of(request)
        if not job.stop():
            raise invalid(f"The request was rejected because the transform job is in status {job.status}.")
        return {}

    def list(self, request):
        return page_of(self._jobs.values(), request, "TransformJobSummaries", _summary)

    def _of(self, request):
        job = self._jobs.get(request["TransformJobName"])
        if job is None:
            raise not_found()
        return job


def _transform(job, model):
    source, target = job.request["TransformInput"], job.request["TransformOutput"]
    if source.get("ContentType") != "text/csv":
        raise JobFailed(f"ClientError: 415. Content type {source.get('ContentType')} is not supported.")
    s3 = storage.client()
    with tempfile.TemporaryDirectory(prefix="sagemaker-transform-") as folder:
        invoke = _invocation(s3, model, folder)
        uri = source["DataSource"]["S3DataSource"]["S3Uri"]
        objects = list(storage.keys_under(s3, uri))
        if not objects:
            raise JobFailed(f"ClientError: No S3 objects found under S3 URL {uri}")
        for bucket, key, relative in objects:
            lines = s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
            answers = [invoke(payload) for payload in _payloads(lines, job.request)]
            _put(s3, f"{target['S3OutputPath'].rstrip('/')}/{relative}.out", _assembled(answers, target))


def _invocation(s3, model, folder):
    """What the container of the model does with a payload."""
    (only,) = containers_of(model)
    archive, files = os.path.join(folder, "model.tar.gz"), os.path.join(folder, "model")
    try:
        storage.download(s3, only["ModelDataUrl"], archive)
    except Exception as error:
        raise JobFailed(f"ClientError: the model data could not be downloaded: {error}") from None
    if only["Image"] == forecaster.IMAGE:
        found = forecaster.load(archive)
        return lambda payload: forecaster.invoke(found, payload)
    booster = container.load(archive, files)
    return lambda payload: container.invoke(booster, payload)


def _payloads(text, request):
    """What the instance sends to the container: the object whole, or as many lines as fit."""
    limit = request.get("MaxPayloadInMB", 6) * 2**20
    if request["TransformInput"].get("SplitType", "None") == "None":
        if 0 < limit < len(text):
            raise JobFailed("ClientError: 413. The payload is larger than MaxPayloadInMB allows.")
        return [text]
    alone = request.get("BatchStrategy") == "SingleRecord"
    payloads, size = [[]], 0
    for line in text.splitlines():
        if payloads[-1] and (alone or size + len(line) + 1 > limit):
            payloads.append([])
            size = 0
        payloads[-1].append(line)
        size += len(line) + 1
    return ["\n".join(lines) for lines in payloads if lines]


def _assembled(answers, target):
    if target.get("AssembleWith", "None") == "Line":
        return "".join(answer.rstrip("\n") + "\n" for answer in answers)
    return "".join(answers)


def _put(s3, uri, text):
    bucket, key = storage.split_uri(uri)
    s3.put_object(Bucket=bucket, Key=key, Body=text.encode())


def _summary(job):
    return {
        "TransformJobName": job.name,
        "TransformJobArn": job.arn,
        "CreationTime": job.created,
        "TransformEndTime": job.ended,
        "LastModifiedTime": job.modified,
        "TransformJobStatus": job.status,
        "FailureReason": job.failure,
    }
