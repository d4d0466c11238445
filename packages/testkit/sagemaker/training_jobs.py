"""CreateTrainingJob and what belongs to it."""

import os
import tarfile
import tempfile

import container
import storage
from api_error import ApiError, invalid, not_found
from job import Job, JobFailed, now
from registry import arn, known_image, page_of


class TrainingJobs:
    def __init__(self, faults, step):
        self._jobs, self._faults, self._step = {}, faults, step

    def create(self, request):
        name = request["TrainingJobName"]
        image = request["AlgorithmSpecification"].get("TrainingImage")
        known_image(image)
        channels = [channel["ChannelName"] for channel in request.get("InputDataConfig", [])]
        if len(set(channels)) < len(channels):
            raise invalid("Channel names must be unique within a training job.")
        if name in self._jobs:
            raise ApiError(
                "ResourceInUse",
                "Training job names must be unique within an AWS account and region, and a training job with this name"
                f" already exists ({self._jobs[name].arn})",
            )
        folder = tempfile.TemporaryDirectory(prefix="sagemaker-training-")
        phases = [
            ("Starting", lambda job: None),
            ("Downloading", lambda job: _download(job, folder.name)),
            ("Training", lambda job: _train(job, folder.name)),
            ("Uploading", lambda job: _upload(job, folder)),
        ]
        job = Job(name, arn("training-job", name), request, phases, self._faults.of_next_job(), self._step())
        self._jobs[name] = job
        return {"TrainingJobArn": job.arn}

    def describe(self, request):
        return _description(self._of(request))

    def stop(self, request):
        job = self._of(request)
        if not job.stop():
            raise invalid(f"The request was rejected because the training job is in status {job.status}.")
        return {}

    def list(self, request):
        return page_of(self._jobs.values(), request, "TrainingJobSummaries", _summary)

    def _of(self, request):
        job = self._jobs.get(request["TrainingJobName"])
        if job is None:
            raise not_found()
        return job


def _folder(base, name):
    path = os.path.join(base, name)
    os.makedirs(path, exist_ok=True)
    return path


def _download(job, base):
    channels = job.request.get("InputDataConfig", [])
    if "train" not in [channel["ChannelName"] for channel in channels]:
        raise JobFailed("AlgorithmError: framework error: UserError: Missing required channel: train, exit code: 1")
    s3 = storage.client()
    for channel in channels:
        if channel.get("ContentType", "text/libsvm").split(";")[0] not in ("text/csv", "csv"):
            raise JobFailed("AlgorithmError: this server reads text/csv only, exit code: 1")
        uri = channel["DataSource"]["S3DataSource"]["S3Uri"]
        folder = _folder(base, channel["ChannelName"])
        try:
            found = storage.download_prefix(s3, uri, folder)
        except Exception as error:
            raise JobFailed(f"ClientError: Data download failed: {error}") from None
        if found == 0:
            raise JobFailed(
                f'ClientError: Data download failed:No S3 objects found under S3 URL "{uri}" given in input data source.'
            )


def _train(job, base):
    channels = [channel["ChannelName"] for channel in job.request["InputDataConfig"]]
    folders = {name: os.path.join(base, name) for name in channels}
    job.result["metrics"] = container.train(job, folders, _folder(base, "model"))
    job.result["measured"] = now()


def _upload(job, folder):
    archive = os.path.join(folder.name, "model.tar.gz")
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(os.path.join(folder.name, "model", container.MODEL_NAME), arcname=container.MODEL_NAME)
    uri = f"{job.request['OutputDataConfig']['S3OutputPath'].rstrip('/')}/{job.name}/output/model.tar.gz"
    try:
        storage.upload(storage.client(), archive, uri)
    except Exception as error:
        raise JobFailed(f"ClientError: Artifact upload failed: {error}") from None
    job.result["artifact"] = uri
    folder.cleanup()


def _description(job):
    request = job.request
    output = request["OutputDataConfig"]["S3OutputPath"].rstrip("/")
    billed = job.started is not None and job.ended is not None
    seconds = max(1, round((job.ended - job.started).total_seconds())) if billed else None
    artifact = job.result.get("artifact", f"{output}/{job.name}/output/model.tar.gz")
    return {
        **{key: value for key, value in request.items() if key != "Tags"},
        "TrainingJobArn": job.arn,
        "TrainingJobStatus": job.status,
        "SecondaryStatus": job.secondary,
        "SecondaryStatusTransitions": job.describe_transitions(),
        "FailureReason": job.failure,
        "CreationTime": job.created,
        "LastModifiedTime": job.modified,
        "TrainingStartTime": job.started,
        "TrainingEndTime": job.ended,
        "TrainingTimeInSeconds": seconds,
        "BillableTimeInSeconds": seconds,
        "ModelArtifacts": {"S3ModelArtifacts": artifact} if job.ended is not None else None,
        "FinalMetricDataList": [
            {"MetricName": name, "Value": value, "Timestamp": job.result["measured"]}
            for name, value in job.result.get("metrics", {}).items()
        ]
        or None,
        "EnableNetworkIsolation": request.get("EnableNetworkIsolation", False),
        "EnableManagedSpotTraining": request.get("EnableManagedSpotTraining", False),
        "EnableInterContainerTrafficEncryption": request.get("EnableInterContainerTrafficEncryption", False),
    }


def _summary(job):
    return {
        "TrainingJobName": job.name,
        "TrainingJobArn": job.arn,
        "CreationTime": job.created,
        "TrainingEndTime": job.ended,
        "LastModifiedTime": job.modified,
        "TrainingJobStatus": job.status,
        "SecondaryStatus": job.secondary,
    }
