"""Lists page by page, verbs once, refusals in words; a server that is away is awaited."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from obeya_demo_plant import doors
from obeya_demo_plant.doors import Doors, Refused, Silent, over_http


def test_a_list_is_read_to_its_last_page():
    pages = {
        "/api/v1/s/KES/jobs/?limit=1000": {"items": [{"code": "A"}], "next": "/next"},
        "/next": {"items": [{"code": "B"}], "next": None},
    }

    found = Doors("KES", lambda _m, path, _b, _h: (200, json.dumps(pages[path]))).list("jobs")

    assert [row["code"] for row in found] == ["A", "B"]


def test_a_refusal_says_what_and_where():
    problem = {"title": "2 problems", "problems": [{"field": "job", "rule": "unknown job X"}]}

    with pytest.raises(Refused, match="422: 2 problems; job: unknown job X"):
        Doors("KES", lambda *_: (422, json.dumps(problem))).post("job-starts", [])


@pytest.fixture
def server():
    """server(statuses): answers with these one after the other, then with 200."""
    stops = []

    def start(statuses):
        class Answer(BaseHTTPRequestHandler):
            seen = []

            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.seen.append(self.headers["Idempotency-Key"])
                self.send_response(statuses.pop(0) if statuses else 200)
                self.send_header("Content-Length", "14")
                self.end_headers()
                self.wfile.write(b'{"result":[1]}')

            def log_message(self, *_):
                """Quietly."""

        listener = HTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        stops.append(listener)
        return f"http://127.0.0.1:{listener.server_port}", Answer.seen

    yield start
    for listener in stops:
        listener.shutdown()
        listener.server_close()


def test_a_busy_server_is_asked_again_with_the_same_key(server, monkeypatch):
    monkeypatch.setattr(doors, "AGAIN_AFTER_S", 0.01)
    url, seen = server([503, 502])

    answer = Doors("KES", over_http(url, "token")).post("job-starts", [{}], key="tap-1")

    assert answer == [1]
    assert seen == ["tap-1"] * 3


def test_a_server_that_does_not_come_back_is_given_up(monkeypatch):
    monkeypatch.setattr(doors, "AGAIN_AFTER_S", 0.01)

    with pytest.raises(Silent, match=r"http://127\.0\.0\.1:9 does not answer"):
        Doors("KES", over_http("http://127.0.0.1:9", "token", patience_s=0.05)).list("jobs")
