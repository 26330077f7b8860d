from aws_cdk import (App, Stack, Duration, RemovalPolicy, aws_codebuild as cb, aws_codepipeline as cp,
                     aws_codepipeline_actions as act, aws_ecr as ecr, aws_ecs as ecs, aws_ec2 as ec2,
                     aws_iam as iam, aws_logs as logs, aws_s3 as s3, aws_sns as sns,
                     aws_codestarnotifications as notify)
from constructs import Construct


class CatalogPipeline(Stack):
    def __init__(self, scope: Construct, id: str, **kw) -> None:
        super().__init__(scope, id, **kw)
        artifacts = s3.Bucket(self, "Artifacts", versioned=True, block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
                              encryption=s3.BucketEncryption.S3_MANAGED, enforce_ssl=True,
                              lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(90))])
        topic = sns.Topic.from_topic_arn(self, "Releases", "arn:aws:sns:eu-central-1:111122223333:releases")
        repo = ecr.Repository(self, "Images", repository_name="catalog",
                              image_tag_mutability=ecr.TagMutability.IMMUTABLE, image_scan_on_push=True)
        repo.add_lifecycle_rule(tag_prefix_list=["build-"], max_image_count=100)
        log_group = logs.LogGroup(self, "BuildLogs", retention=logs.RetentionDays.THREE_MONTHS)
        logging = cb.LoggingOptions(cloud_watch=cb.CloudWatchLoggingOptions(log_group=log_group))

        image = cb.PipelineProject(
            self, "ImageBuild", logging=logging, timeout=Duration.minutes(30),
            environment=cb.BuildEnvironment(build_image=cb.LinuxBuildImage.STANDARD_7_0),
            environment_variables={"REPO": cb.BuildEnvironmentVariable(value=repo.repository_uri)},
            build_spec=cb.BuildSpec.from_object({
                "version": "0.2",
                "env": {"exported-variables": ["IMAGE_TAG"]},
                "phases": {
                    "pre_build": {"commands": [
                        "export IMAGE_TAG=build-$CODEBUILD_BUILD_NUMBER",
                        "aws ecr get-login-password | docker login --username AWS --password-stdin ${REPO%%/*}"]},
                    "build": {"commands": [
                        "docker build -t $REPO:$IMAGE_TAG .",
                        "docker push $REPO:$IMAGE_TAG",
                        "printf '[{\"name\":\"catalog\",\"imageUri\":\"%s\"}]' $REPO:$IMAGE_TAG > imagedefinitions.json"]},
                },
                "artifacts": {"files": ["imagedefinitions.json"]},
            }))
        repo.grant_pull_push(image)

        tests = cb.PipelineProject(
            self, "Tests", logging=logging, timeout=Duration.minutes(20),
            environment=cb.BuildEnvironment(build_image=cb.LinuxBuildImage.STANDARD_7_0),
            build_spec=cb.BuildSpec.from_object({
                "version": "0.2",
                "phases": {"install": {"runtime-versions": {"python": "3.12"}, "commands": ["pip install -r requirements-dev.txt"]},
                           "build": {"commands": ["ruff check .", "pytest -q --junitxml=reports/unit.xml || true"]}},
                "reports": {"unit": {"files": ["unit.xml"], "base-directory": "reports", "file-format": "JUNITXML"}},
            }))

        smoke = cb.PipelineProject(
            self, "Smoke", logging=logging, timeout=Duration.minutes(10),
            environment=cb.BuildEnvironment(build_image=cb.LinuxBuildImage.STANDARD_7_0),
            build_spec=cb.BuildSpec.from_object({
                "version": "0.2",
                "phases": {"build": {"commands": ["./smoke.sh $TAG"], "finally": ["cat smoke.log || true"]}},
            }))

        vpc = ec2.Vpc.from_vpc_attributes(self, "Vpc", vpc_id="vpc-0a1b2c3d4e5f60718",
                                          availability_zones=["eu-central-1a", "eu-central-1b"],
                                          private_subnet_ids=["subnet-01", "subnet-02"])
        cluster = ecs.Cluster.from_cluster_attributes(self, "Cluster", cluster_name="shop", vpc=vpc)

        def service(name):
            return ecs.FargateService.from_fargate_service_attributes(self, name, cluster=cluster, service_name=name)

        source, built = cp.Artifact("Source"), cp.Artifact("Image")
        pipeline = cp.Pipeline(
            self, "Pipeline", pipeline_name="catalog", pipeline_type=cp.PipelineType.V2, artifact_bucket=artifacts,
            execution_mode=cp.ExecutionMode.QUEUED, restart_execution_on_update=False,
            stages=[
                cp.StageProps(stage_name="Source", actions=[act.CodeStarConnectionsSourceAction(
                    action_name="GitHub", owner="acme", repo="catalog", branch="main", output=source,
                    connection_arn="arn:aws:codeconnections:eu-central-1:111122223333:connection/0b7f2c1e-5d3a-4a6f-9b1c-2d3e4f5a6b7c")]),
                cp.StageProps(stage_name="Test", actions=[act.CodeBuildAction(
                    action_name="Unit", project=tests, input=source, type=act.CodeBuildActionType.TEST)]),
                cp.StageProps(stage_name="Build", actions=[act.CodeBuildAction(
                    action_name="Image", project=image, input=source, outputs=[built], variables_namespace="Build")]),
                cp.StageProps(stage_name="Staging", actions=[
                    act.EcsDeployAction(action_name="Deploy", service=service("catalog-staging"), input=built),
                    act.CodeBuildAction(action_name="Smoke", project=smoke, input=source, run_order=2,
                                        environment_variables={"TAG": cb.BuildEnvironmentVariable(value="#{Build.IMAGE_TAG}")})]),
                cp.StageProps(stage_name="Approve", actions=[
                    act.ManualApprovalAction(action_name="Owner", additional_information="Release #{Build.IMAGE_DIGEST}?")]),
                cp.StageProps(stage_name="Production", on_failure=cp.FailureConditions(result=cp.Result.ROLLBACK), actions=[
                    act.EcsDeployAction(action_name="Deploy", service=service("catalog-prod"), input=built)]),
            ])
        pipeline.notify_on_execution_state_change("StateNotice", topic)


app = App(outdir="cdk.out", analytics_reporting=False)
CatalogPipeline(app, "CatalogPipeline")
app.synth()
