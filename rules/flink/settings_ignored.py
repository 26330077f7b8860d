"""Settings of a Flink application should be ones that count.

With ConfigurationType DEFAULT, the service uses its own values for checkpoints, whatever is written beside it. An application
with SKIP_RESTORE_FROM_SNAPSHOT begins without its state, each time that it is started.

What to do: set ConfigurationType to CUSTOM (Terraform: configuration_type) or remove the values, and set
ApplicationRestoreType to RESTORE_FROM_LATEST_SNAPSHOT.
"""

from awslint_memo import Findings, Resource, rule, streams

CHECKPOINTS = "ApplicationConfiguration.FlinkApplicationConfiguration.CheckpointConfiguration"
RESTORE = "RunConfiguration.ApplicationRestoreConfiguration.ApplicationRestoreType"


@rule(
    level="warning",
    since="0.2",
    resource="AWS::KinesisAnalyticsV2::Application",
    memo="処理するデータ量やクエリの複雑さに応じて自動的にスケーリングされます。",
    aws="managed-flink/latest/apiv2/API_CheckpointConfiguration.html",
    fix="unsafe",
)
def check(application: Resource) -> Findings:
    kind_name = application.in_file_words(f"{CHECKPOINTS}.ConfigurationType").rpartition(".")[2]
    kind = application.get(f"{CHECKPOINTS}.ConfigurationType")
    for name, usual in streams.CHECKPOINT_DEFAULTS.items() if kind.text == "DEFAULT" else ():
        setting = application.get(f"{CHECKPOINTS}.{name}")
        written = setting.flag if usual is True else setting.number
        if written is not None and written != usual:
            message = f"but {kind_name} is DEFAULT, so it is ignored: Flink uses {str(usual).lower()}"
            # Without checkpoints, a failure loses the state: nobody should have that by a fix.
            fix = application.set(f"{CHECKPOINTS}.ConfigurationType", "CUSTOM", unsafe="restarts the application")
            is_off, do = usual is True, f"set {kind_name} to CUSTOM"
            yield application.finding(
                setting, message, of=name, do="remove it" if is_off else do, fix=None if is_off else fix
            )
            break
    restore = application.get(RESTORE)
    if restore.text == "SKIP_RESTORE_FROM_SNAPSHOT":
        message = "so the application loses its state each time that it is started"
        do = "set it to RESTORE_FROM_LATEST_SNAPSHOT"
        yield application.finding(restore, message, of="ApplicationRestoreType", do=do)


BAD = """
Resources:
  Clicks:
    Type: AWS::KinesisAnalyticsV2::Application
    Properties:
      RuntimeEnvironment: FLINK-1_20
      ApplicationConfiguration:
        FlinkApplicationConfiguration:
          CheckpointConfiguration:
            ConfigurationType: DEFAULT
            CheckpointInterval: 10000
            MinPauseBetweenCheckpoints: 1000
---
Resources:
  Clicks:
    Type: AWS::KinesisAnalyticsV2::Application
    Properties: {RuntimeEnvironment: FLINK-1_20, RunConfiguration: {ApplicationRestoreConfiguration: {ApplicationRestoreType: SKIP_RESTORE_FROM_SNAPSHOT}}}
---
resource "aws_kinesisanalyticsv2_application" "clicks" {
  runtime_environment = "FLINK-1_20"

  application_configuration {
    flink_application_configuration {
      checkpoint_configuration {
        configuration_type    = "DEFAULT"
        checkpointing_enabled = false
      }
    }
  }
}
"""

GOOD = """
Parameters: {Kind: {Type: String}, Interval: {Type: Number}}
Resources:
  Same:
    Type: AWS::KinesisAnalyticsV2::Application
    Properties:
      RuntimeEnvironment: FLINK-1_20
      ApplicationConfiguration:
        FlinkApplicationConfiguration:
          CheckpointConfiguration: {ConfigurationType: DEFAULT, CheckpointingEnabled: "true", CheckpointInterval: "60000", MinPauseBetweenCheckpoints: 5000}
      RunConfiguration: {ApplicationRestoreConfiguration: {ApplicationRestoreType: RESTORE_FROM_LATEST_SNAPSHOT}}
  Unknown: {Type: AWS::KinesisAnalyticsV2::Application, Properties: {RuntimeEnvironment: FLINK-1_19, ApplicationConfiguration: {FlinkApplicationConfiguration: {CheckpointConfiguration: {ConfigurationType: !Ref Kind, CheckpointInterval: 10000}}}}}
  AnyInterval: {Type: AWS::KinesisAnalyticsV2::Application, Properties: {RuntimeEnvironment: FLINK-1_19, ApplicationConfiguration: {FlinkApplicationConfiguration: {CheckpointConfiguration: {ConfigurationType: DEFAULT, CheckpointInterval: !Ref Interval}}}}}
---
resource "aws_kinesisanalyticsv2_application" "clicks" {
  runtime_environment = "FLINK-1_20"

  application_configuration {
    flink_application_configuration {
      checkpoint_configuration {
        configuration_type  = "CUSTOM"
        checkpoint_interval = 10000
      }
    }
  }
}
"""

FIXED = """
-            ConfigurationType: DEFAULT
+            ConfigurationType: CUSTOM
"""
