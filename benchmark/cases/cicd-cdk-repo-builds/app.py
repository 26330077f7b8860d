from aws_cdk import (App, Stack, Duration, aws_codebuild as cb, aws_ec2 as ec2, aws_logs as logs, aws_s3 as s3,
                     aws_iam as iam, aws_ssm as ssm)
from constructs import Construct


def spec(**kw):
    return cb.BuildSpec.from_object({"version": "0.2", **kw})


class RepoBuilds(Stack):
    def __init__(self, scope: Construct, id: str, **kw) -> None:
        super().__init__(scope, id, **kw)
        vpc = ec2.Vpc(self, "Vpc", max_azs=2, nat_gateways=2, subnet_configuration=[
            ec2.SubnetConfiguration(name="public", subnet_type=ec2.SubnetType.PUBLIC, cidr_mask=24),
            ec2.SubnetConfiguration(name="builds", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS, cidr_mask=24)])
        cache = s3.Bucket(self, "Cache", block_public_access=s3.BlockPublicAccess.BLOCK_ALL, enforce_ssl=True,
                          lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(14))])
        group = logs.LogGroup(self, "Logs", retention=logs.RetentionDays.TWO_MONTHS)
        logging = cb.LoggingOptions(cloud_watch=cb.CloudWatchLoggingOptions(log_group=group))
        pushes = cb.FilterGroup.in_event_of(cb.EventAction.PUSH)

        def source(filters):
            return cb.Source.git_hub(owner="acme", repo="fulfilment", webhook=True, webhook_filters=filters)

        cb.Project(self, "UnitTests", source=source([pushes.and_branch_is("main")]), logging=logging,
                   timeout=Duration.minutes(20), cache=cb.Cache.bucket(cache, prefix="unit"),
                   environment=cb.BuildEnvironment(build_image=cb.LinuxBuildImage.STANDARD_7_0),
                   build_spec=spec(
                       phases={"install": {"runtime-versions": {"java": "corretto21"}},
                               "build": {"commands": ["mvn -B verify"]}},
                       reports={"surefire": {"files": ["**/*.xml"], "base-directory": "target/surefire-reports"}},
                       cache={"paths": ["/root/.m2/**/*"]}))

        cb.Project(self, "Contract", source=source([cb.FilterGroup.in_event_of(cb.EventAction.PULL_REQUEST_CREATED,
                                                                               cb.EventAction.PULL_REQUEST_UPDATED).and_base_branch_is("main")]),
                   logging=logging, timeout=Duration.minutes(30), cache=cb.Cache.bucket(cache, prefix="contract"),
                   grant_report_group_permissions=False,
                   environment=cb.BuildEnvironment(build_image=cb.LinuxBuildImage.STANDARD_7_0),
                   build_spec=spec(
                       phases={"install": {"runtime-versions": {"java": "corretto21"}},
                               "build": {"commands": ["mvn -B -Pcontract verify"]}},
                       reports={"contract": {"files": ["**/*.xml"], "base-directory": "target/failsafe-reports"}}))

        cb.Project(self, "Integration", source=source([pushes.and_branch_is("release/.*")]), logging=logging,
                   timeout=Duration.minutes(60), vpc=vpc, subnet_selection=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PUBLIC),
                   allow_all_outbound=True,
                   environment=cb.BuildEnvironment(build_image=cb.LinuxBuildImage.STANDARD_7_0),
                   build_spec=spec(
                       phases={"install": {"runtime-versions": {"java": "corretto21"}},
                               "build": {"commands": ["mvn -B -Pintegration verify"]}}))

        cb.Project(self, "Load", source=source([pushes.and_tag_is("load-.*")]), logging=logging,
                   timeout=Duration.minutes(120), vpc=vpc,
                   environment=cb.BuildEnvironment(build_image=cb.LinuxArmBuildImage.AMAZON_LINUX_2_STANDARD_3_0),
                   build_spec=spec(phases={"build": {"commands": ["./load/run.sh"]}}))

        native = cb.Project(self, "Native", source=source([pushes.and_branch_is("main").and_file_path_is("native/.*")]),
                            logging=logging, timeout=Duration.minutes(90),
                            environment=cb.BuildEnvironment(build_image=cb.LinuxBuildImage.STANDARD_7_0,
                                                            compute_type=cb.ComputeType.LARGE),
                            environment_variables={"LICENSE": cb.BuildEnvironmentVariable(
                                type=cb.BuildEnvironmentVariableType.PARAMETER_STORE, value="/fulfilment/graal-license")},
                            build_spec=spec(phases={"build": {"commands": ["./native/build.sh"]}}))
        native.node.default_child.add_property_override("Environment.Image", "aws/codebuild/amazonlinux2-aarch64-standard:3.0")

        nightly = iam.Role(self, "NightlyRole", assumed_by=iam.ServicePrincipal("codebuild.amazonaws.com"))
        group.grant_write(nightly)
        nightly_project = cb.Project(self, "Nightly", source=source([pushes.and_tag_is("nightly-.*")]), logging=logging,
                                     timeout=Duration.minutes(45), role=nightly.without_policy_updates(),
                                     environment=cb.BuildEnvironment(build_image=cb.LinuxBuildImage.STANDARD_7_0),
                                     environment_variables={"FEED": cb.BuildEnvironmentVariable(
                                         type=cb.BuildEnvironmentVariableType.PARAMETER_STORE, value="/fulfilment/feed-url")},
                                     build_spec=spec(phases={"build": {"commands": ["./nightly/import.sh"]}}))


app = App(outdir="cdk.out", analytics_reporting=False)
RepoBuilds(app, "RepoBuilds")
app.synth()
