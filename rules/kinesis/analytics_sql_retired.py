"""Kinesis Data Analytics for SQL should be replaced, because AWS discontinued it.

AWS has accepted no new SQL applications since 2025-10-15, and has been deleting existing ones since 2026-01-27. What
the memo says of SQL on streams now runs on Amazon Managed Service for Apache Flink, which supports SQL too.

What to do: rewrite the application for Managed Service for Apache Flink (AWS::KinesisAnalyticsV2::Application with a
FLINK runtime; Terraform: aws_kinesisanalyticsv2_application).
"""

from awslint_memo import Findings, Resource, rule, streams

DELETED = (
    f"which AWS has discontinued and has been deleting since {streams.SQL_DELETED}; "
    "rewrite it for Managed Service for Apache Flink"
)


@rule(
    level="error",
    resource="AWS::KinesisAnalytics::Application",
    memo="リアルタイムデータストリーム上での SQL クエリを可能にするサービスです。",
    aws="kinesisanalytics/latest/dev/discontinuation.html",
)
def check(application: Resource) -> Findings:
    yield application.finding(application, f"is an application of Kinesis Data Analytics for SQL, {DELETED}")


@check.on("AWS::KinesisAnalyticsV2::Application")
def of_any_language(application: Resource) -> Findings:
    runtime = application.get("RuntimeEnvironment")
    if runtime.text == "SQL-1_0":
        message = f"is {runtime.text}{runtime.note}, Kinesis Data Analytics for SQL, {DELETED}"
        yield application.finding(runtime, message, of="RuntimeEnvironment")


BAD = """
Resources:
  Clicks: {Type: AWS::KinesisAnalytics::Application, Properties: {Inputs: []}}
---
Resources:
  Clicks: {Type: AWS::KinesisAnalyticsV2::Application, Properties: {RuntimeEnvironment: SQL-1_0}}
---
resource "aws_kinesis_analytics_application" "clicks" {
  name = "clicks"
}
---
resource "aws_kinesisanalyticsv2_application" "clicks" {
  name                = "clicks"
  runtime_environment = "SQL-1_0"
}
"""

GOOD = """
Parameters: {Runtime: {Type: String}}
Resources:
  Clicks: {Type: AWS::KinesisAnalyticsV2::Application, Properties: {RuntimeEnvironment: FLINK-1_20}}
  Unknown: {Type: AWS::KinesisAnalyticsV2::Application, Properties: {RuntimeEnvironment: !Ref Runtime}}
---
resource "aws_kinesisanalyticsv2_application" "clicks" {
  name                = "clicks"
  runtime_environment = "FLINK-1_20"
}
"""
