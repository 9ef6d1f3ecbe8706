"""Jobs of a large order hold up no others."""

from pathlib import Path

import pytest
from kombu import Connection, Consumer, Producer

from povreg import env
from povreg.celery import app
from povreg.embedded import lease


def test_parts_of_reports_wait_in_a_queue_of_their_own() -> None:
    routed = {
        name: app.amqp.router.route({}, name)["queue"].name
        for name in ("reports.make_area", "povreg.heartbeat", "households.run_import")
    }
    assert routed.pop("reports.make_area") == "reports"
    assert set(routed.values()) == {"celery"}


def test_a_worker_takes_from_the_queues_in_turn(tmp_path: Path) -> None:
    """Behind five parts of reports a heartbeat is the second at the latest."""
    taken: list[str] = []
    with lease.servers(tmp_path, database=False), Connection(env.broker_url(tmp_path)) as link:
        queues = list(app.amqp.queues.values())
        producer = Producer(link)
        for name, queue in [*[("part", "reports")] * 5, ("heartbeat", "celery")]:
            known = next(one for one in queues if one.name == queue)
            key = known.routing_key
            producer.publish(name, routing_key=key, exchange=known.exchange, declare=queues)

        def take(body: str, message: object) -> None:
            taken.append(body)
            message.ack()  # type: ignore[attr-defined]

        with Consumer(link, queues=queues, callbacks=[take], prefetch_count=1):
            for __ in range(6):
                link.drain_events(timeout=5)
            with pytest.raises(TimeoutError):  # each went to one queue
                link.drain_events(timeout=0.5)
    assert "heartbeat" in taken[:2]
