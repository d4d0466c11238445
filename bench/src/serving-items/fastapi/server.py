"""Next week's orders behind FastAPI: python server.py TRAINING.CSV NEXT-WEEK.CSV TREES

Training rows are item, features, target; next week's are item, features; no header, empty is missing. The features of
next week are read once and kept in memory by item. One process, uvloop and httptools, no access log. Prints its URL
once it answers.
"""

import socket
import sys

import numpy as np
import uvicorn
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel
from sklearn.ensemble import RandomForestRegressor

table = np.genfromtxt(sys.argv[1], delimiter=",")
# Fitted by two threads; asked by one, since for one row handing trees to others takes longer than they do.
model = RandomForestRegressor(n_estimators=int(sys.argv[3]), n_jobs=2, random_state=0)
model.fit(table[:, :-1], table[:, -1])
model.n_jobs = 1

next_week = {str(int(row[0])): row.reshape(1, -1) for row in np.genfromtxt(sys.argv[2], delimiter=",")}


class NextWeek(BaseModel):
    item: str
    prediction: float


app = FastAPI()


@app.get("/predict/{item}")
async def predict(item: str) -> NextWeek:
    features = next_week.get(item)
    if features is None:
        raise HTTPException(404, "no such item")
    return NextWeek(item=item, prediction=float(model.predict(features)[0]))


class AnnouncingServer(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        print(f"http://127.0.0.1:{sockets[0].getsockname()[1]}", flush=True)


listener = socket.socket()
listener.bind(("127.0.0.1", 0))
config = uvicorn.Config(app, loop="uvloop", http="httptools", access_log=False, log_level="warning")
AnnouncingServer(config).run(sockets=[listener])
