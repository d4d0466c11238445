#!/usr/bin/env bash
# What can be said of this folder, docker-compose.yml and the Dockerfile without running them.
# Needs a Python with PyYAML: LocalStack's own has it once host-up.sh has run.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/settings.sh"
source "$here/processes.sh"

for script in "$here"/*.sh; do bash -n "$script"; done
if command -v shellcheck >/dev/null; then shellcheck -x -P "$here" "$here"/*.sh; fi

for python in "$LOCALSTACK_ENVIRONMENT/bin/python" "$PYTHON" python3; do
  if "$python" -c 'import yaml' 2>/dev/null; then break; fi
  python=''
done
[[ -n $python ]] || fail 'no Python with PyYAML: run localstack/host-up.sh first'

"$python" - "$ROOT" "${SERVICES[@]}" <<'PYTHON'
import pathlib
import re
import sys

import yaml

root, names = pathlib.Path(sys.argv[1]), sys.argv[2:]
compose = yaml.safe_load((root / "docker-compose.yml").read_text())
services = compose["services"]
problems = []


def expect(holds, problem):
    if not holds:
        problems.append(problem)


def is_pinned(image):
    return re.search(r":v?\d+\.\d+", image) is not None


for name, service in services.items():
    expect("build" in service or is_pinned(service["image"]), f"{name}: the image has no version")
    expect("healthcheck" in service or "build" in service, f"{name}: no health check")
    for port in service.get("ports", []):
        expect(port.startswith("127.0.0.1:"), f"{name}: port {port} is open to the network")
    for other in service.get("depends_on", {}):
        expect(other in services, f"{name}: depends on {other}, which is not there")
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        known = (root / source).exists() if source.startswith(".") else source in compose["volumes"]
        expect(known, f"{name}: volume {source} is not there")

for name in names:
    service = services.get(name, {})
    environment = service.get("environment", {})
    folder = service.get("build", {}).get("args", {}).get("FOLDER")
    expect(folder == f"services/{name}", f"{name}: is built from {folder}")
    expect(environment.get("AUTH") == "none", f"{name}: AUTH is not said")
    expect(environment.get("ALLOW_INSECURE") == "true", f"{name}: ALLOW_INSECURE is not said")

dockerfile = (root / "Dockerfile").read_text()
for image in re.findall(r"^FROM (\S+)", dockerfile, re.M):
    expect(is_pinned(image), f"Dockerfile: {image} has no version")
users = re.findall(r"^USER (\S+)", dockerfile, re.M)
expect(users[-1:] not in ([], ["root"]), "Dockerfile: runs as root")
node = re.search(r'"node": "(\d+\.\d+\.\d+)"', (root / "package.json").read_text()).group(1)
expect(f"node:{node}-" in dockerfile, f"Dockerfile: package.json has Node {node}")

for target in yaml.safe_load((root / "localstack/prometheus.yml").read_text())["scrape_configs"][0]["static_configs"][0]["targets"]:
    expect(target.split(":")[0] in names, f"prometheus.yml: {target} is no service")

for problem in problems:
    print("error:", problem, file=sys.stderr)
sys.exit(1 if problems else 0)
PYTHON
printf 'localstack: scripts, compose file and Dockerfile are in order\n'
