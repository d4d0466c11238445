"""Checks requests and answers against the service model that AWS publishes in botocore, so that what this server
takes and says is not its author's opinion."""

import datetime
import re

import botocore.session
import botocore.validate

from api_error import invalid

_model = botocore.session.get_session().get_service_model("sagemaker")


def check_request(operation, request):
    """Raises ValidationException for a member that is missing, unknown, of another type or outside of its constraints."""
    shape = _model.operation_model(operation).input_shape
    report = botocore.validate.ParamValidator().validate(request, shape)
    if report.has_errors():
        raise invalid(report.generate_report())
    faults = list(_faults(shape, request, ""))
    if faults:
        plural = "s" if len(faults) > 1 else ""
        raise invalid(f"{len(faults)} validation error{plural} detected: {'; '.join(faults)}")


def check_answer(operation, answer):
    """Raises AssertionError when the answer is not of the shape that SDKs were generated from."""
    shape = _model.operation_model(operation).output_shape
    if shape is None:
        return
    unknown = set(answer) - set(shape.members)
    assert not unknown, f"{operation} has no {unknown}"
    # Required by the model at all times, though a job that runs has none yet.
    promised = {"ModelArtifacts": {"S3ModelArtifacts": ""}} if "ModelArtifacts" in shape.members else {}
    report = botocore.validate.ParamValidator().validate({**promised, **answer}, shape)
    assert not report.has_errors(), report.generate_report()


def operations():
    return set(_model.operation_names)


def _faults(shape, value, path):
    if shape.type_name == "structure":
        for name, member in value.items():
            if name in shape.members:
                yield from _faults(shape.members[name], member, _join(path, name))
    elif shape.type_name == "list":
        yield from _size_faults(shape, len(value), value, path)
        for index, member in enumerate(value):
            yield from _faults(shape.member, member, f"{path}.{index + 1}.member")
    elif shape.type_name == "map":
        yield from _size_faults(shape, len(value), value, path)
        for key, member in value.items():
            yield from _faults(shape.key, key, path)
            yield from _faults(shape.value, member, f"{path}.{key}.member")
    elif shape.type_name == "string":
        yield from _size_faults(shape, len(value), value, path)
        yield from _text_faults(shape, value, path)
    elif shape.type_name in ("integer", "long", "float", "double"):
        yield from _size_faults(shape, value, value, path)


def _size_faults(shape, size, value, path):
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    kind = "value" if isinstance(value, (int, float)) else "length"
    if low is not None and size < low:
        yield _fault(value, path, f"Member must have {kind} greater than or equal to {low}")
    if high is not None and size > high:
        yield _fault(value, path, f"Member must have {kind} less than or equal to {high}")


def _text_faults(shape, value, path):
    pattern = shape.metadata.get("pattern")
    if pattern is not None and not _matches(pattern, value):
        yield _fault(value, path, f"Member must satisfy regular expression pattern: {pattern}")
    allowed = shape.metadata.get("enum")
    if allowed and value not in allowed:
        yield _fault(value, path, f"Member must satisfy enum value set: [{', '.join(allowed)}]")


def _matches(pattern, value):
    try:
        return re.fullmatch(pattern, value) is not None
    except re.error:  # Java's classes of characters, such as \\p{L}, are not Python's.
        return True


def _fault(value, path, constraint):
    return f"Value '{value}' at '{path}' failed to satisfy constraint: {constraint}"


def _join(path, name):
    member = name[0].lower() + name[1:]
    return f"{path}.{member}" if path else member


def to_json(value):
    """Times as seconds since the epoch, as AWS JSON 1.1 has them."""
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    if isinstance(value, dict):
        return {key: to_json(member) for key, member in value.items() if member is not None}
    if isinstance(value, list):
        return [to_json(member) for member in value]
    return value
