"""A Flink application should be able to continue where it stopped.

With checkpoints it restarts after a failure with its state; with snapshots an update or a stop keeps the state. Without
them it starts with an empty state. AWS no longer runs Flink 1.13 and older.

An application whose name or description says that it has no state (stateless, "holds no state") loses none.

What to do: leave ConfigurationType DEFAULT, or set CheckpointingEnabled, SnapshotsEnabled and AutoScalingEnabled to
true, and choose a supported FLINK runtime. DEFAULT ignores the other values. Zeppelin notebooks are not checked.
"""

import re

from awslint_memo import Findings, Resource, rule, streams

FLINK = "ApplicationConfiguration.FlinkApplicationConfiguration"
SNAPSHOTS = "ApplicationConfiguration.ApplicationSnapshotConfiguration.SnapshotsEnabled"
RESTARTS = "restarts the application"


@rule(
    level="warning",
    resource="AWS::KinesisAnalyticsV2::Application",
    memo="処理するデータ量やクエリの複雑さに応じて自動的にスケーリングされます。",
    aws="managed-flink/latest/java/how-fault.html",
    fix="unsafe",
)
def check(application: Resource) -> Findings:
    runtime = application.get("RuntimeEnvironment")
    if runtime.starts_with("FLINK-") is not True:
        return
    if runtime.text in streams.RETIRED_FLINK:
        message = f"is {runtime.text}{runtime.note}, which AWS no longer runs; set it to a supported FLINK runtime"
        yield application.finding(runtime, message, of="RuntimeEnvironment", level="error")
    has_state = not is_called_stateless(application)
    if has_state and is_off(application, "CheckpointConfiguration", "CheckpointingEnabled"):
        enabled = application.get(f"{FLINK}.CheckpointConfiguration.CheckpointingEnabled")
        message = f"is false{enabled.note}, so a failure loses the application's state; set it to true"
        fix = application.set(f"{FLINK}.CheckpointConfiguration.CheckpointingEnabled", True, unsafe=RESTARTS)
        yield application.finding(enabled, message, of="CheckpointingEnabled", fix=fix)
    snapshots = application.get(SNAPSHOTS)
    if has_state and snapshots.flag is False:
        message = f"is false{snapshots.note}, so the application's state is lost when it is stopped or updated; set it to true"
        fix = application.set(SNAPSHOTS, True, unsafe=RESTARTS)
        yield application.finding(snapshots, message, of="SnapshotsEnabled", fix=fix)
    if is_off(application, "ParallelismConfiguration", "AutoScalingEnabled"):
        scaling = application.get(f"{FLINK}.ParallelismConfiguration.AutoScalingEnabled")
        message = f"is false{scaling.note}, so the application does not scale with its load; set it to true"
        fix = application.set(f"{FLINK}.ParallelismConfiguration.AutoScalingEnabled", True, unsafe=RESTARTS)
        yield application.finding(scaling, message, of="AutoScalingEnabled", level="advice", fix=fix)


def is_off(application: Resource, configuration: str, name: str) -> bool:
    """Whether a setting surely is off, and surely counts."""
    kind = application.get(f"{FLINK}.{configuration}.ConfigurationType")
    return kind.text == "CUSTOM" and application.get(f"{FLINK}.{configuration}.{name}").flag is False


def is_called_stateless(application: Resource) -> bool:
    """Whether the name or the description of an application says that it has no state to keep."""
    words = (application.get(name).text or "" for name in ("ApplicationName", "ApplicationDescription"))
    return any(STATELESS.search(text.lower()) for text in words)


STATELESS = re.compile(r"\bstateless\b|\b(?:no|without(?: any)?) (?:\w+ )?state\b")


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
  name                = "clicks"
  description         = "Keeps the state of each session"
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
  Replay: {Type: AWS::KinesisAnalyticsV2::Application, Properties: {RuntimeEnvironment: FLINK-1_20, ApplicationDescription: Reads a week again; holds no state that is worth keeping, ApplicationConfiguration: {ApplicationSnapshotConfiguration: {SnapshotsEnabled: false}}}}
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

resource "aws_kinesisanalyticsv2_application" "filter" {
  name                = "stateless-filter"
  runtime_environment = "FLINK-1_20"

  application_configuration {
    flink_application_configuration {
      checkpoint_configuration {
        configuration_type    = "CUSTOM"
        checkpointing_enabled = false
      }
    }
  }
}
"""

FIXED = """
-    Properties: {RuntimeEnvironment: FLINK-1_20, ApplicationConfiguration: {FlinkApplicationConfiguration: {CheckpointConfiguration: {ConfigurationType: CUSTOM, CheckpointingEnabled: "false"}}}}
+    Properties: {RuntimeEnvironment: FLINK-1_20, ApplicationConfiguration: {FlinkApplicationConfiguration: {CheckpointConfiguration: {ConfigurationType: CUSTOM, CheckpointingEnabled: "true"}}}}
---
-      snapshots_enabled = false
+      snapshots_enabled = true
---
-        auto_scaling_enabled = false
+        auto_scaling_enabled = true
"""
