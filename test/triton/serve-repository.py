"""Serves a model repository by a real Triton, that of nvidia-pytriton, until its standard input ends.

Usage: serve-repository.py REPOSITORY HTTP_PORT FOLDER
FOLDER takes the backends: Triton's Python one, and `onnxruntime-backend.py` by the name of `onnxruntime`.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

import pytriton

repository, port, folder = sys.argv[1:]
package = pathlib.Path(pytriton.__file__).parent
own = package / "tritonserver"
backends = pathlib.Path(folder)
python = f"{sys.version_info.major}.{sys.version_info.minor}"
shutil.copytree(own / "backends", backends)
shutil.copy(own / "python_backend_stubs" / python / "triton_python_backend_stub", backends / "python")
(backends / "onnxruntime").mkdir()
shutil.copy(pathlib.Path(__file__).with_name("onnxruntime-backend.py"), backends / "onnxruntime" / "model.py")

environment = {
    **os.environ,
    "LD_LIBRARY_PATH": str(package.parent / "nvidia_pytriton.libs"),
    "PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}",
}
server = subprocess.Popen(
    [
        own / "bin" / "tritonserver",
        f"--model-repository={repository}",
        f"--backend-directory={backends}",
        "--http-address=127.0.0.1",
        f"--http-port={port}",
        "--allow-grpc=false",
        "--allow-metrics=false",
        # of a configuration that is not complete Triton would guess the rest
        "--disable-auto-complete-config",
    ],
    env=environment,
    stdout=sys.stderr,
)
while server.poll() is None:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/v2/health/ready").close()
        print("ready", flush=True)
        break
    except OSError:
        time.sleep(0.1)
sys.stdin.read()
server.send_signal(signal.SIGTERM)
try:
    sys.exit(server.wait(30))
except subprocess.TimeoutExpired:
    server.kill()
