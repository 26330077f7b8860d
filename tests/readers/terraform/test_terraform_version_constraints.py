"""Version constraints, with the answers that go-version, Terraform's library, has for them."""

from __future__ import annotations

from tests.cases import each_case

from awslint_memo.readers.terraform.version_constraints import allows, ends_before


@each_case(
    ("constraint", "version", "allowed"),
    [
        ("1.2.0", "1.2.0", True),
        ("1.2", "1.2.0", True),
        ("= 1.2.0", "v1.2.0", True),
        ("=1.2.0", "1.2.1", False),
        ("!= 1.2.0", "1.2.0", False),
        ("!= 1.2.0", "1.2.1", True),
        ("> 1.2.0", "1.2.0", False),
        ("> 1.2", "1.10", True),
        (">= 1.2.0", "1.2.0", True),
        ("< 2", "1.99.99", True),
        ("< 2.0.0", "2.0.0", False),
        ("<= 2.0.0", "2.0.0", True),
        ("~> 1.2.3", "1.2.9", True),
        ("~> 1.2.3", "1.2.2", False),
        ("~> 1.2.3", "1.3.0", False),
        ("~> 1.2", "1.99.0", True),
        ("~> 1.2", "2.0.0", False),
        ("~> 1.2.0.1", "1.2.0.7", True),
        ("~> 4", "5.0.0", True),
        (">= 1.2.0, < 2.0.0", "1.5.0", True),
        (">= 1.2.0, < 2.0.0", "2.1.0", False),
        (">= 1.2.0 , != 1.5.0", "1.5.0", False),
        (">= 1.0.0", "2.0.0-beta1", False),
        ("~> 1.0.0", "1.0.1-beta1", False),
        ("1.0.0-beta1", "1.0.0-beta1", True),
        ("1.0.0-beta1", "1.0.0", False),
        ("!= 1.0.0", "1.0.0-beta1", True),
        (">= 1.0.0-beta1", "1.0.0-beta2", True),
        (">= 1.0.0-beta.10", "1.0.0-beta.9", False),
        (">= 1.0.0-beta1", "1.1.0-beta2", False),
        (">= 1.0.0-beta1", "1.1.0", True),
        ("~> 1.0.0-beta1", "1.0.0", False),
        ("~> 1.0.0-beta1", "1.0.0-beta2", True),
        (">= 1.0.0-rc.9", f"1.0.0-rc.1{'0' * 5000}", True),
        (">= 1.0.0-rc.010", "1.0.0-rc.9", False),
        ("1" * 5000, "1.0.0", None),
        (">= 1.0", f"2.{'1' * 5000}.0", None),
        ("latest", "1.0.0", None),
        ("> 1.0, next", "2.0.0", None),
        ("", "1.0.0", None),
        ("> 1.0", "main", None),
        ("=> 1.0", "1.0", None),
    ],
)
def test_what_a_constraint_allows(constraint: str, version: str, allowed: bool | None) -> None:
    assert allows(constraint, version) is allowed


@each_case(
    ("constraint", "version", "ends"),
    [
        ("2.70.0", "3.33.0", True),
        ("= 3.33.0", "3.33.0", False),
        ("<= 3.32.9", "3.33.0", True),
        ("<= 3.33.0", "3.33.0", False),
        ("< 3.33.0", "3.33.0", True),
        ("< 3.33.1", "3.33.0", False),
        ("~> 2.42.0", "3.33.0", True),
        ("~> 2.42", "3.33.0", True),
        ("~> 3.32.0", "3.33.0", True),
        ("~> 3.10", "3.33.0", False),
        ("~> 3", "4.51.0", False),
        (">= 2.0", "3.33.0", False),
        (">= 2.0, < 3.0", "3.33.0", True),
        ("!= 2.0", "3.33.0", False),
        ("what it is", "3.33.0", False),
        ("~> 2.0", "latest", False),
    ],
)
def test_where_a_constraint_ends(constraint: str, version: str, *, ends: bool) -> None:
    assert ends_before(constraint, version) is ends
