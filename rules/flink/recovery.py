"""A Flink application should be able to go on where it stopped.

Checkpoints let it start again after a failure with all that it had counted so far; snapshots let an update or a stop do
so. Without them it starts from nothing. AWS no longer runs Flink 1.13 and older.

What to do: leave ConfigurationType DEFAULT, or set CheckpointingEnabled, SnapshotsEnabled and AutoScalingEnabled to
true, and choose a present FLINK runtime. DEFAULT ignores the other values. Zeppelin notebooks are not judged.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule, streams

FLINK = "ApplicationConfiguration.FlinkApplicationConfiguration"


@rule(
    "flink-recovery",
    level="warning",
    resource="AWS::KinesisAnalyticsV2::Application",
    memo="処理するデータ量やクエリの複雑さに応じて自動的にスケーリングされます。",
    aws="managed-flink/latest/java/how-fault.html",
)
def check(application: Resource) -> Iterator[Finding]:
    runtime = application.get("RuntimeEnvironment")
    if runtime.starts_with("FLINK-") is not True:
        return
    if runtime.text in streams.RETIRED_FLINK:
        yield application.finding(
            runtime, f"asks for the runtime {runtime.text}, which AWS retired; choose a present one", level="error"
        )
    if is_off(application, "CheckpointConfiguration", "CheckpointingEnabled"):
        yield application.finding(
            application.get(f"{FLINK}.CheckpointConfiguration.CheckpointingEnabled"),
            "takes no checkpoints, so a failure loses all that it had counted; set CheckpointingEnabled to true",
        )
    snapshots = application.get("ApplicationConfiguration.ApplicationSnapshotConfiguration.SnapshotsEnabled")
    if snapshots.flag is False:
        yield application.finding(
            snapshots, "takes no snapshots, so an update starts it from nothing; set SnapshotsEnabled to true"
        )
    if is_off(application, "ParallelismConfiguration", "AutoScalingEnabled"):
        yield application.finding(
            application.get(f"{FLINK}.ParallelismConfiguration.AutoScalingEnabled"),
            "does not scale with its load; set AutoScalingEnabled to true",
            level="advice",
        )


def is_off(application: Resource, configuration: str, name: str) -> bool:
    """Whether a setting surely is off, and surely counts."""
    kind = application.get(f"{FLINK}.{configuration}.ConfigurationType")
    return kind.text == "CUSTOM" and application.get(f"{FLINK}.{configuration}.{name}").flag is False


BAD = """
Resources:
  Clicks: {Type: AWS::KinesisAnalyticsV2::Application, Properties: {RuntimeEnvironment: FLINK-1_13}}
---
Resources:
  Clicks:
    Type: AWS::KinesisAnalyticsV2::Application
    Properties: {RuntimeEnvironment: FLINK-1_20, ApplicationConfiguration: {FlinkApplicationConfiguration: {CheckpointConfiguration: {ConfigurationType: CUSTOM, CheckpointingEnabled: "false"}}}}
---
resource "aws_kinesisanalyticsv2_application" "clicks" {
  runtime_environment = "FLINK-1_20"

  application_configuration {
    application_snapshot_configuration {
      snapshots_enabled = false
    }
  }
}
---
resource "aws_kinesisanalyticsv2_application" "clicks" {
  runtime_environment = "FLINK-1_20"

  application_configuration {
    flink_application_configuration {
      parallelism_configuration {
        configuration_type   = "CUSTOM"
        auto_scaling_enabled = false
      }
    }
  }
}
"""

GOOD = """
Parameters: {Kind: {Type: String}}
Resources:
  ByDefault: {Type: AWS::KinesisAnalyticsV2::Application, Properties: {RuntimeEnvironment: FLINK-1_20, ApplicationConfiguration: {FlinkApplicationConfiguration: {CheckpointConfiguration: {ConfigurationType: DEFAULT, CheckpointingEnabled: false}, ParallelismConfiguration: {ConfigurationType: DEFAULT, AutoScalingEnabled: false}}}}}
  Unknown: {Type: AWS::KinesisAnalyticsV2::Application, Properties: {RuntimeEnvironment: FLINK-1_20, ApplicationConfiguration: {FlinkApplicationConfiguration: {CheckpointConfiguration: {ConfigurationType: !Ref Kind, CheckpointingEnabled: false}}}}}
  Notebook: {Type: AWS::KinesisAnalyticsV2::Application, Properties: {RuntimeEnvironment: ZEPPELIN-FLINK-3_0, ApplicationConfiguration: {ApplicationSnapshotConfiguration: {SnapshotsEnabled: false}}}}
---
resource "aws_kinesisanalyticsv2_application" "clicks" {
  runtime_environment = "FLINK-1_20"

  application_configuration {
    flink_application_configuration {
      checkpoint_configuration {
        configuration_type    = "CUSTOM"
        checkpointing_enabled = true
      }
    }
  }
}
"""
