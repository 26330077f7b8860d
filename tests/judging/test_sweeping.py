"""What was made for a template is freed once it is judged, by a look at what is young."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from tests.command import invoke

from awslint_memo.model.deployment import Deployment

QUEUE = "Resources: {Orders: {Type: AWS::SQS::Queue}}\n"
EXPORTING = f"{QUEUE}Outputs: {{Arn: {{Value: !GetAtt Orders.Arn, Export: {{Name: orders}}}}}}\n"


def deployments() -> int:
    return sum(isinstance(one, Deployment) for one in gc.get_objects())


def test_no_deployment_of_a_template_is_left_when_the_next_one_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(5):
        Path(f"{number}.yaml").write_text(EXPORTING if number == 4 else QUEUE)
    collect, left = gc.collect, list[int]()

    def counted(generation: int) -> int:
        found = int(collect(generation))
        left.append(deployments())
        return found

    gc.collect()
    gc.disable()
    before = deployments()
    try:
        with monkeypatch.context() as patched:
            patched.setattr(gc, "collect", counted)
            assert invoke("lint", ".").exit_code in (0, 1)
    finally:
        gc.enable()
    assert len(left) == 5
    assert max(left) - before <= 2
