"""Ridge regression behind FastAPI: python server.py TRAINING.CSV (a header, the last column is the target).

One process, uvloop and httptools, no access log. Prints its URL once it answers.
"""

import socket
import sys

import numpy as np
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

table = np.loadtxt(sys.argv[1], delimiter=",", skiprows=1)
model = Pipeline([("impute", SimpleImputer()), ("scale", StandardScaler()), ("ridge", Ridge(alpha=1.0))])
model.fit(table[:, :-1], table[:, -1])


class PredictionRequest(BaseModel):
    instances: list[list[float]]


class PredictionResponse(BaseModel):
    predictions: list[float]


app = FastAPI()


# `async`: the work is shorter than handing it to a thread pool, and this way the server is faster.
@app.post("/v1/models/bench/predictions")
async def predict(request: PredictionRequest) -> PredictionResponse:
    predictions = model.predict(np.array(request.instances))
    return PredictionResponse(predictions=predictions.tolist())


class AnnouncingServer(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        print(f"http://127.0.0.1:{sockets[0].getsockname()[1]}", flush=True)


listener = socket.socket()
listener.bind(("127.0.0.1", 0))
config = uvicorn.Config(app, loop="uvloop", http="httptools", access_log=False, log_level="warning")
AnnouncingServer(config).run(sockets=[listener])
