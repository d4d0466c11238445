"""A model for trying an Open Inference Protocol server with numpy alone: the straight line through the last periods."""

import numpy as np
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.errors import InferenceError
from mlserver.types import InferenceRequest, InferenceResponse

PERIODS = 8


class NextPeriod(MLModel):
    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        """`history`, one item a row, oldest value first, gives `forecast`, the next value of each."""
        tensor = next((tensor for tensor in payload.inputs if tensor.name == "history"), None)
        if tensor is None:
            raise InferenceError("the input `history` is missing")
        history = np.atleast_2d(NumpyCodec.decode_input(tensor))[:, -PERIODS:]
        if history.shape[1] == 0:
            raise InferenceError("`history` is empty")
        return InferenceResponse(
            model_name=self.name,
            outputs=[NumpyCodec.encode_output("forecast", next_values(history))],
        )


def next_values(history: np.ndarray) -> np.ndarray:
    periods = history.shape[1]
    if periods == 1:
        return history
    slope, intercept = np.polyfit(np.arange(periods), history.T, 1)
    return (slope * periods + intercept).reshape(-1, 1)
