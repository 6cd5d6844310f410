#!/usr/bin/env bash
# Looks at the Docker daemon behind DOCKER_HOST and prints a JSON report on stdout:
# {"lines":[{"name","status":"ok|warning|failure","found","advice"}…]}.
set -euo pipefail

quoted() {
    local text=${1//\\/\\\\}
    printf '"%s"' "${text//\"/\\\"}"
}

if version=$(timeout 20 docker version --format '{{.Server.Version}}' 2>/dev/null); then
    line="{\"name\":\"server\",\"status\":\"ok\",\"found\":$(quoted "$version"),\"advice\":\"\"}"
else
    line='{"name":"server","status":"failure","found":"no answer","advice":"look at the log of the daemon"}'
fi
printf '{"lines":[%s]}\n' "$line"
