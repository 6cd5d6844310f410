"""What a project's own Testcontainers suite does: start a container, reach the port that it publishes."""

from urllib.request import urlopen

from testcontainers.core.container import DockerContainer
from testcontainers.core.waiting_utils import wait_for_logs


def test_a_containers_published_port_is_reached():
    server = (
        DockerContainer("me")
        .with_command("python3 -u -m http.server --directory /suite 8000")
        .with_exposed_ports(8000)
    )
    with server:
        wait_for_logs(server, "Serving HTTP", timeout=30)
        address = f"http://{server.get_container_host_ip()}:{server.get_exposed_port(8000)}/"
        with urlopen(f"{address}test_server.py", timeout=30) as answer:
            assert b"a_containers_published_port" in answer.read()


def test_a_command_in_a_container_has_its_exit_code():
    with DockerContainer("me").with_command("sleep 600") as container:
        code, output = container.exec("sh -c 'echo from inside; exit 3'")
        assert (code, output) == (3, b"from inside\n")
