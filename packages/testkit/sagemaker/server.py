"""A SageMaker for tests that really trains: the API in AWS JSON 1.1 on 127.0.0.1, the built-in XGBoost container and a
forecaster for AutoML behind it, its data in the S3 of AWS_ENDPOINT_URL. Prints `{"port": N}` when it listens; ends when its standard input does.

    python server.py [--port 0] [--step 0.05]

`POST /_control` takes orders for faults (faults.py), `{"reset": true}` and `{"step": seconds}`; `GET /_control` tells
which calls came."""

import argparse
import json
import threading
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from api_error import ApiError
from automl_jobs import AutoMlJobs
from faults import Faults
from models import Models
from parent import end_with_standard_input
from shapes import check_answer, check_request, operations, to_json
from training_jobs import TrainingJobs
from transform_jobs import TransformJobs


class SageMaker:
    def __init__(self, step):
        self.step, self.faults, self.calls = step, Faults(), []
        models = Models()
        training = TrainingJobs(self.faults, lambda: self.step)
        transform = TransformJobs(models, self.faults, lambda: self.step)
        automl = AutoMlJobs(self.faults, lambda: self.step)
        self._lock = threading.Lock()
        self._operations = {
            "CreateTrainingJob": training.create,
            "DescribeTrainingJob": training.describe,
            "StopTrainingJob": training.stop,
            "ListTrainingJobs": training.list,
            "CreateModel": models.create,
            "DescribeModel": models.describe,
            "DeleteModel": models.delete,
            "CreateTransformJob": transform.create,
            "DescribeTransformJob": transform.describe,
            "StopTransformJob": transform.stop,
            "ListTransformJobs": transform.list,
            "CreateAutoMLJobV2": automl.create,
            "DescribeAutoMLJobV2": automl.describe,
            "StopAutoMLJob": automl.stop,
            "ListCandidatesForAutoMLJob": automl.candidates,
        }

    def call(self, operation, request):
        if operation not in operations():
            raise ApiError("UnknownOperationException", f"There is no operation {operation}.")
        if operation not in self._operations:
            raise ApiError("NotImplemented", f"This server does not do {operation}.")
        # One at a time: of two that create the same name, one comes second.
        with self._lock:
            self.calls.append({"operation": operation, "request": request})
            self.faults.raise_for(operation)
            check_request(operation, request)
            answer = {key: value for key, value in self._operations[operation](request).items() if value is not None}
        check_answer(operation, answer)
        return to_json(answer)

    def control(self, order):
        if order.get("reset"):
            self.faults.reset()
            self.calls.clear()
        self.step = order.get("step", self.step)
        self.faults.add(order)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path != "/_control":
            return self._answer(404, {"message": "not found"})
        return self._answer(200, {"calls": self.server.sagemaker.calls, "step": self.server.sagemaker.step})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}")
        if self.path == "/_control":
            self.server.sagemaker.control(body)
            return self._answer(200, {})
        operation = self.headers.get("x-amz-target", "").removeprefix("SageMaker.")
        if "Authorization" not in self.headers:
            return self._refuse(ApiError("MissingAuthenticationToken", "Request is missing Authentication Token"))
        try:
            return self._answer(200, self.server.sagemaker.call(operation, body))
        except ApiError as error:
            return self._refuse(error)
        except Exception as error:
            traceback.print_exc()
            return self._answer(500, {"__type": "InternalFailure", "message": str(error)})

    def _refuse(self, error):
        self._answer(400, {"__type": error.code, "message": error.message})

    def _answer(self, status, body):
        data = json.dumps(body, default=str).encode()
        self.send_response(status)
        self.send_header("content-type", "application/x-amz-json-1.1")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--step", type=float, default=0.05)
    options = parser.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    server.daemon_threads = True
    server.sagemaker = SageMaker(options.step)
    end_with_standard_input()
    print(json.dumps({"port": server.server_port}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
