"""CreateModel and what belongs to it."""

from api_error import invalid
from job import now
from registry import arn, known_image


class Models:
    def __init__(self):
        self._models = {}

    def create(self, request):
        name = request["ModelName"]
        if name in self._models:
            raise invalid(f'Cannot create already existing model "{arn("model", name)}".')
        primary = request.get("PrimaryContainer")
        if primary is None or "ExecutionRoleArn" not in request:
            raise invalid("This server takes models with an ExecutionRoleArn and a PrimaryContainer.")
        known_image(primary.get("Image"))
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
