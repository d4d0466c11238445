"""Why SageMaker refuses a call."""


class ApiError(Exception):
    """An answer with HTTP status 400 and this `__type`, as SDKs expect it."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
        self.message = message


def invalid(message):
    return ApiError("ValidationException", message)


def not_found():
    """SageMaker says this of training and transform jobs; its model has a `ResourceNotFound` that they do not use."""
    return invalid("Requested resource not found.")
