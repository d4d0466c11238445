"""What a test told the server to do wrong, by `POST /_control`."""

import threading

from api_error import ApiError

_messages = {
    "ThrottlingException": "Rate exceeded",
    "ResourceLimitExceeded": "The account-level service limit 'ml.m5.large for training job usage' is 1 Instances, with "
    "current utilization of 1 Instances and a request delta of 1 Instances. Please use AWS Service Quotas to request an "
    "increase for this quota.",
    "AccessDeniedException": "User is not authorized to perform this operation because no identity-based policy allows it",
}


class Faults:
    """`calls`: errors for the next calls of an operation; `jobs`: what the next jobs do, one entry each."""

    def __init__(self):
        self._lock = threading.Lock()
        self.reset()

    def reset(self):
        with self._lock:
            self._calls = []
            self._jobs = []

    def add(self, order):
        with self._lock:
            for call in order.get("calls", []):
                self._calls += [call] * call.get("times", 1)
            self._jobs += order.get("jobs", [])

    def raise_for(self, operation):
        with self._lock:
            call = next((call for call in self._calls if call["operation"] == operation), None)
            if call is None:
                return
            self._calls.remove(call)
        raise ApiError(call["error"], call.get("message") or _messages.get(call["error"], call["error"]))

    def of_next_job(self):
        """`{"fail": reason}`, `{"stall": status}` or nothing."""
        with self._lock:
            return self._jobs.pop(0) if self._jobs else {}
