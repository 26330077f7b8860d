"""Names that say production or a standby, and names that only look like it."""

from tests.cases import each_case

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.span import Span
from awslint_memo.model.value import Absent, Known, Unknown
from awslint_memo.relations.naming import is_development, is_production, is_standby

PLACE = Span("template.yaml", 1, 1, 1, 1)


@each_case("name", ["prod", "PROD", "orders-prod", "OrdersProd", "prod2", "live", "production_eu"])
def test_a_name_of_production(name: str) -> None:
    assert is_production(Deployment(), Known(name, PLACE))


@each_case("name", ["product", "reproduce", "delivery", "alive", "dev", "", 1])
def test_a_name_that_only_looks_like_production(name: str) -> None:
    assert not is_production(Deployment(), Known(name, PLACE))


def test_development_is_another_list() -> None:
    assert is_development(Deployment(), Known("orders-dev", PLACE))
    assert not is_development(Deployment(), Known("orders-prod", PLACE))


def test_an_unknown_name_is_neither() -> None:
    unknown = Unknown("a parameter", PLACE)
    assert not is_production(Deployment(), unknown)
    assert not is_development(Deployment(), unknown)


@each_case(
    "name",
    ["StandbyShop", "dr_shop", "DisasterRecoveryShop", "module.recovery.aws_lambda_function.shop", "Failover/Shop"],
)
def test_a_name_of_a_standby(name: str) -> None:
    assert is_standby(_resource(name, "shop.yaml"))


@each_case(
    "name",
    [
        *("PasswordRecovery", "RecoveryCodes", "FailoverOrchestrator", "DisasterMap", "Recovery"),
        *("module.account_recovery_mails.aws_lambda_function.mails", "PasswordRecovery/Mails"),
    ],
)
def test_a_name_that_only_looks_like_a_standby(name: str) -> None:
    assert not is_standby(_resource(name, "password-recovery.yaml"))


@each_case("path", ["standby.yaml", "infra/recovery-region.yaml", "shop-dr.template.json", "failover.yml"])
def test_a_template_of_a_standby(path: str) -> None:
    assert is_standby(_resource("Shop", path))


def _resource(name: str, path: str) -> Resource:
    place, language = Span(path, 1, 1, 1, 1), "terraform" if "aws_" in name else "cloudformation"
    return Resource(name, "AWS::Lambda::Function", place, lambda _: Absent(place), language=language)
