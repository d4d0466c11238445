"""S3 as a training or transform instance sees it. The endpoint comes from AWS_ENDPOINT_URL."""

import os
from urllib.parse import urlparse

import boto3
from botocore.config import Config


def client():
    # A path-style address: the peers of tests have no wildcard DNS.
    return boto3.client("s3", config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 2}))


def split_uri(uri):
    parsed = urlparse(uri)
    return parsed.netloc, parsed.path.lstrip("/")


def keys_under(s3, uri):
    """Keys that begin with the prefix, and how each goes on after the prefix's last slash."""
    bucket, prefix = split_uri(uri)
    folder = prefix[: prefix.rfind("/") + 1]
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for entry in page.get("Contents", []):
            if not entry["Key"].endswith("/"):
                yield bucket, entry["Key"], entry["Key"][len(folder) :]


def download_prefix(s3, uri, folder):
    """Copies all objects under a prefix into a folder; returns how many."""
    count = 0
    for bucket, key, relative in keys_under(s3, uri):
        path = os.path.join(folder, relative)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        s3.download_file(bucket, key, path)
        count += 1
    return count


def download(s3, uri, path):
    bucket, key = split_uri(uri)
    s3.download_file(bucket, key, path)


def upload(s3, path, uri):
    bucket, key = split_uri(uri)
    s3.upload_file(path, bucket, key)
