"""CreateModel and what belongs to it."""

from api_error import invalid
from job import now
from registry import arn, known_image


def containers_of(model):
    """However many there are: SageMaker takes one as PrimaryContainer, and any number as Containers."""
    primary = model.get("PrimaryContainer")
    return model.get("Containers", []) if primary is None else [primary]


class Models:
    def __init__(self):
        self._models = {}

    def create(self, request):
        name = request["ModelName"]
        if name in self._models:
            raise invalid(f'Cannot create already existing model "{arn("model", name)}".')
        containers = containers_of(request)
        if len(containers) != 1 or "ExecutionRoleArn" not in request:
            raise invalid("This server takes models with an ExecutionRoleArn and one container.")
        known_image(containers[0].get("Image"))
        self._models[name] = {**request, "CreationTime": now()}
        return {"ModelArn": arn("model", name)}

    def describe(self, request):
        model = self._of(request)
        return {**{key: value for key, value in model.items() if key != "Tags"}, "ModelArn": arn("model", model["ModelName"])}

    def delete(self, request):
        self._of(request)
        del self._models[request["ModelName"]]
        return {}

    def find(self, name):
        return self._models.get(name)

    def _of(self, request):
        model = self._models.get(request["ModelName"])
        if model is None:
            raise invalid(f'Could not find model "{arn("model", request["ModelName"])}".')
        return model
