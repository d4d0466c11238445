"""Names and places that all kinds of resource share."""

import re

import forecaster
from api_error import invalid

_region, _account = "us-east-1", "123456789012"


def arn(kind, name):
    return f"arn:aws:sagemaker:{_region}:{_account}:{kind}/{name.lower()}"


_images = re.compile(
    r"\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/sagemaker-xgboost:(1\.[2357]-[12]|3\.0-5|3\.2-0)"
)


def known_image(image):
    """Only the built-in XGBoost is there, and what AutoML makes of its own."""
    if image == forecaster.IMAGE:
        return
    if image is None or not _images.fullmatch(image):
        raise invalid(f"Cannot find repository: {image}. Please check if your ECR repository and image exist.")


def page_of(jobs, request, key, summary):
    """One page of a List operation, newest first unless asked otherwise."""
    status, part = request.get("StatusEquals"), request.get("NameContains", "")
    found = [job for job in jobs if part.lower() in job.name.lower() and status in (None, job.status)]
    found.sort(key=lambda job: job.created, reverse=request.get("SortOrder", "Descending") == "Descending")
    start = int(request.get("NextToken", "0"))
    end = start + request.get("MaxResults", 10)
    return {key: [summary(job) for job in found[start:end]], "NextToken": str(end) if end < len(found) else None}
