"""Makes pages of the format html, and reads their elements."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from tests.reporters.syntax import page_tree

from awslint_memo import api
from awslint_memo.judging.report import Report
from awslint_memo.reporters import REPORTERS, Look

SHOP = """Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {maxReceiveCount: 5, deadLetterTargetArn: !GetAtt Failed.Arn}}
  Failed:
    Type: AWS::SQS::Queue
  Ship:
    Type: AWS::Lambda::Function
    Properties: {Timeout: 60}
  OrdersToShip:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Ship}
  Alone:
    Type: AWS::SQS::Queue
"""


def linted(text: str = SHOP, path: str = "shop.yaml", **options: Any) -> Report:
    Path(path).write_text(text, encoding="utf-8")
    return api.lint(["."], advice=True, picture=True, **options)


def written(report: Report, look: Look | None = None) -> str:
    return REPORTERS["html"](report, look or Look())


def tree(report: Report, look: Look | None = None) -> Element:
    return page_tree(written(report, look))


def with_class(page: Element, name: str) -> list[Element]:
    return [one for one in page.iter() if name in one.get("class", "").split()]


def words(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def by_id(page: Element, name: str) -> Element:
    (found,) = [one for one in page.iter() if one.get("id") == name]
    return found
