"""What is said of secrets in plain variables, and what is none."""

from __future__ import annotations

from tests.cases import each_case
from tests.linting import messages, resource, stack

RULE = "stack-plain-secret"
WRITTEN = {"DB_PASSWORD": "hunter2", "API_KEY": "3kd93kd0s", "NPM_TOKEN": "npm_0123456789"}


@each_case(("number", "also"), [(1, ""), (2, ", as one more is"), (3, ", as others here are")])
def test_others_beside_it_are_told_of_in_one_sentence(number: int, also: str) -> None:
    variables = dict([*WRITTEN.items()][:number])
    [message] = messages(RULE, stack(Work=resource("Lambda::Function", Environment={"Variables": variables})))
    assert message.startswith(f"the variable DB_PASSWORD of Work is plain text{also}, which the console")


@each_case(
    ("name", "value", "is_secret"),
    [
        ("SESSION_KEY", "user_id", False),
        ("REFRESH_TOKEN", "enabled", False),
        ("REFRESH_TOKEN", "rt_9f3kd0s", True),
        ("APP_DSN", "sqlite:///tmp/x.db", False),
        ("APP_DSN", "postgres://shop:hunter2@db.example.com/shop", True),
        ("DB_DSN", "shop:hunter2@tcp(db.example.com:3306)/shop", True),
        # People choose passwords, which may be words.
        ("DB_PASSWORD", "correcthorse", True),
    ],
)
def test_words_and_addresses_without_a_user_are_no_secrets(name: str, value: str, is_secret: bool) -> None:
    function = resource("Lambda::Function", Environment={"Variables": {name: value}})
    assert bool(messages(RULE, stack(Work=function))) is is_secret
