"""What the clock starts: jobs of all apps, by the name of their task.

A job that waits longer than its own interval is dropped; the next one does its work.
"""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "heartbeat": {
        "task": "povreg.heartbeat",
        "schedule": timedelta(seconds=20),
        "options": {"expires": 20},
    },
    "sweep-attachments": {"task": "households.sweep_attachments", "schedule": timedelta(days=1)},
    "count-oddities": {
        "task": "households.count_oddities",
        "schedule": timedelta(minutes=3),
        "options": {"expires": 170},
    },
    "refresh-coverage": {
        "task": "programs.refresh_coverage",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 50},
    },
    "refresh-year-results": {
        "task": "programs.refresh_year_results",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 50},
    },
    "draw-pages": {
        "task": "reports.draw_pages",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 590},
    },
    "order-reports": {
        "task": "reports.order_what_is_due",
        "schedule": timedelta(minutes=15),
        "options": {"expires": 890},
    },
    "sweep-reports": {
        "task": "reports.sweep_orders",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 50},
    },
    "refresh-summaries": {
        "task": "reports.refresh_summaries",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 50},
    },
    "write-api-use": {
        "task": "households.write_api_use",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 50},
    },
    "send-webhooks": {
        "task": "households.send_webhooks",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 50},
    },
    "sweep-imports": {
        "task": "households.sweep_imports",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 50},
    },
    "sweep-returns": {
        "task": "households.sweep_returns",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 50},
    },
    "sweep-benefit-lists": {
        "task": "programs.sweep_benefit_lists",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 50},
    },
    "sweep-files": {
        "task": "households.sweep_files",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 50},
    },
    "tell-what-is-due": {
        "task": "households.tell_what_is_due",
        "schedule": crontab(hour=6, minute=0),
    },
    "send-mails": {
        "task": "households.send_mails",
        "schedule": crontab(hour=6, minute=30),
    },
    "find-duplicates": {
        "task": "households.find_duplicates",
        "schedule": crontab(hour=2, minute=30),
    },
    "follow-the-map": {
        "task": "households.follow_the_map",
        "schedule": timedelta(minutes=5),
        "options": {"expires": 290},
    },
    "clear-sessions": {"task": "households.clear_sessions", "schedule": timedelta(days=1)},
}
