"""A job of SageMaker: goes through its statuses in a thread of its own, and can be stopped, failed or stalled."""

import datetime
import threading
import traceback


class JobStopped(Exception):
    """Somebody asked for the job to stop."""


class JobFailed(Exception):
    """The job cannot succeed; the message becomes its FailureReason."""


def now():
    return datetime.datetime.now(datetime.timezone.utc)


_messages = {
    "Starting": "Preparing the instances for training",
    "Downloading": "Downloading input data",
    "Training": "Training image download completed. Training in progress.",
    "Uploading": "Uploading generated training model",
    "Completed": "Training job completed",
    "Stopping": "Stopping the training job",
    "Stopped": "Training job stopped",
    "Failed": "Training job failed",
    "MaxRuntimeExceeded": "Training job runtime exceeded MaxRuntimeInSeconds provided",
}


class Job:
    """
    name, arn: of the job; request: as it came
    phases: pairs of a status and the work done in it, `work(job)`
    fault: `{"fail": reason}` in the second last phase, or `{"stall": status}` until stopped
    step: seconds that each phase takes at least
    """

    def __init__(self, name, arn, request, phases, fault, step):
        self.name, self.arn, self.request = name, arn, request
        self._phases, self._fault, self._step = phases, fault, step
        self._lock = threading.RLock()
        self._stop = threading.Event()
        self.created = self.modified = now()
        self.started = self.ended = None
        self.status, self.secondary, self.failure = "InProgress", None, None
        self.transitions = []
        self.result = {}
        self._enter(phases[0][0])
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def stop(self):
        """False when the job has ended."""
        with self._lock:
            if self.ended is not None:
                return False
            self.status = "Stopping"
            self._enter("Stopping")
            self._stop.set()
            return True

    def stop_requested(self):
        return self._stop.is_set()

    def describe_transitions(self):
        with self._lock:
            return [dict(transition) for transition in self.transitions]

    def _enter(self, secondary):
        with self._lock:
            at = now()
            if self.transitions:
                self.transitions[-1].setdefault("EndTime", at)
            self.secondary, self.modified = secondary, at
            self.transitions.append(
                {"Status": secondary, "StartTime": at, "StatusMessage": _messages.get(secondary, secondary)}
            )

    def _end(self, status, secondary=None, failure=None):
        with self._lock:
            self._enter(secondary or status)
            self.transitions[-1]["EndTime"] = self.transitions[-1]["StartTime"]
            if failure is not None:
                self.transitions[-1]["StatusMessage"] = failure
            self.status, self.failure, self.ended = status, failure, now()

    def _pause(self, seconds):
        if self._stop.wait(seconds):
            raise JobStopped

    def _run(self):
        try:
            self._go_through_phases()
            self._end("Completed")
        except JobStopped:
            self._end("Stopped")
        except TimeoutError:
            self._end("Stopped", "MaxRuntimeExceeded")
        except JobFailed as error:
            self._end("Failed", failure=str(error))
        except Exception as error:  # A fault of this server is said aloud, not hidden in a thread.
            traceback.print_exc()
            self._end("Failed", failure=f"InternalServerError: {error}")

    def _go_through_phases(self):
        limit = self.request.get("StoppingCondition", {}).get("MaxRuntimeInSeconds")
        for index, (status, work) in enumerate(self._phases):
            if index > 0:
                self._pause(0)
                self._enter(status)
            if status in ("Training", "Transforming"):
                self.started = now()
            if self._fault.get("stall") == status:
                self._pause(limit)
                raise TimeoutError
            self._pause(self._step)
            if "fail" in self._fault and index == len(self._phases) - 2:
                raise JobFailed(self._fault["fail"])
            work(self)
        self._pause(0)
