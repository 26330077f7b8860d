"""Resources speak the words of the file that they stand in."""

from awslint_memo.model.deployment import Resource
from awslint_memo.model.span import Span
from awslint_memo.model.value import Absent, Known
from awslint_memo.readers.property_maps import Translation, Word

PLACE = Span("main.tf", 1, 1, 1, 1)
SPELLING = {"MultiAZ": "multi_az", "TracingConfig.Mode": "tracing_config.mode", "AZMode": "az_mode", "Engine": "engine"}


def queue(language: str) -> Resource:
    spelling = SPELLING if language == "terraform" else {}
    return Resource("it", "AWS::X::Y", PLACE, lambda _: Absent(PLACE), language=language, spelling=spelling)


def test_a_message_names_properties_as_the_file_does() -> None:
    message = "wants MultiAZ, AZMode and TracingConfig.Mode, not SQS; Engine starts a sentence and Multi is a word"
    spelled = "wants multi_az, az_mode and tracing_config.mode, not SQS; Engine starts a sentence and Multi is a word"
    assert queue("cloudformation").finding(PLACE, message).message == f"it {message}"
    assert queue("terraform").finding(PLACE, message).message == f"it {spelled}"
    related = queue("terraform").finding(PLACE, "x", related=[(PLACE, "its MultiAZ")]).related
    assert [one.message for one in related] == ["its multi_az"]


def test_a_message_says_what_is_a_parameters_default() -> None:
    value = Known("1", PLACE, via=("Wait",))
    assert queue("terraform").finding(value, "waits").message == "it waits (Wait by default)"
    assert queue("terraform").finding(PLACE, "waits", related=[(value, "x")]).message == "it waits (Wait by default)"


def test_a_name_that_stands_in_two_blocks_is_spelled_by_its_path_only() -> None:
    within = {"Enabled": Word("enabled")}
    words = {"One": Word("one", within=within), "Two": Word("two", within=within), "MultiAZ": Word("multi_az")}
    spelling = Translation("AWS::X::Y", words).spelling()
    assert spelling == {
        "One": "one",
        "One.Enabled": "one.enabled",
        "Two": "two",
        "Two.Enabled": "two.enabled",
        "MultiAZ": "multi_az",
    }
