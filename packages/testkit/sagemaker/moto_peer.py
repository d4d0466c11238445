"""moto's S3 and SageMaker on 127.0.0.1: a second witness of the API's shapes. It trains nothing; a job is completed as
soon as it is described. Prints `{"port": N}` when it listens; ends when its standard input does."""

import json
import logging
import threading

from moto.server import ThreadedMotoServer

from parent import end_with_standard_input

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
end_with_standard_input()
print(json.dumps({"port": server.get_host_and_port()[1]}), flush=True)
threading.Event().wait()
