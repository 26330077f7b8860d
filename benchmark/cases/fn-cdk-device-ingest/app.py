from aws_cdk import App, CfnOutput, Duration, RemovalPolicy, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs


class DeviceIngest(Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id, analytics_reporting=False)
        artifacts = s3.Bucket.from_bucket_name(self, "Artifacts", "acme-artifacts")
        vpc = ec2.Vpc(self, "Network", max_azs=2, nat_gateways=2)
        failed = sqs.Queue(self, "Failed", retention_period=Duration.days(14))

        def function(name, **more):
            return lambda_.Function(
                self,
                name,
                runtime=lambda_.Runtime.PYTHON_3_13,
                handler=f"{name.lower()}.handler",
                code=lambda_.Code.from_bucket(artifacts, "devices/current.zip"),
                timeout=Duration.seconds(60),
                memory_size=512,
                tracing=lambda_.Tracing.ACTIVE,
                **more,
            )

        events = kinesis.Stream(
            self, "Events", stream_mode=kinesis.StreamMode.ON_DEMAND, retention_period=Duration.days(7), removal_policy=RemovalPolicy.RETAIN
        )
        devices = dynamodb.Table(
            self,
            "Devices",
            partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(point_in_time_recovery_enabled=True),
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN,
            stream=dynamodb.StreamViewType.NEW_IMAGE,
        )
        models = dynamodb.Table(
            self,
            "Models",
            partition_key=dynamodb.Attribute(name="model", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(point_in_time_recovery_enabled=True),
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN,
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
        )

        state = function("State")
        devices.grant_write_data(state)
        state.add_event_source(
            sources.KinesisEventSource(events, starting_position=lambda_.StartingPosition.TRIM_HORIZON, batch_size=100, max_batching_window=Duration.seconds(5))
        )

        history = function("History")
        history.add_event_source(
            sources.KinesisEventSource(
                events,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                retry_attempts=5,
                bisect_batch_on_error=True,
                max_batching_window=Duration.seconds(5),
                on_failure=sources.SqsDlq(failed),
                filters=[lambda_.FilterCriteria.filter({"data": {"version": lambda_.FilterRule.is_equal(2)}})],
            )
        )

        renamed = function("Renamed")
        renamed.add_event_source(
            sources.DynamoEventSource(
                devices,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                retry_attempts=5,
                max_batching_window=Duration.seconds(5),
                on_failure=sources.SqsDlq(failed),
                filters=[lambda_.FilterCriteria.filter({"dynamodb": {"OldImage": {"name": {"S": lambda_.FilterRule.exists()}}}})],
            )
        )

        upgraded = function("Upgraded")
        upgraded.add_event_source(
            sources.DynamoEventSource(
                devices,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                retry_attempts=5,
                max_batching_window=Duration.seconds(5),
                on_failure=sources.SqsDlq(failed),
                filters=[
                    lambda_.FilterCriteria.filter({"dynamodb": {"NewImage": {"generation": {"N": lambda_.FilterRule.is_equal(4)}}}}),
                ],
            )
        )

        retired = function("Retired")
        retired.add_event_source(
            sources.DynamoEventSource(
                models,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                retry_attempts=5,
                max_batching_window=Duration.seconds(5),
                on_failure=sources.SqsDlq(failed),
                filters=[lambda_.FilterCriteria.filter({"dynamodb": {"OldImage": {"generation": {"N": lambda_.FilterRule.is_equal("0")}}}})],
            )
        )

        commands = sqs.Queue(
            self,
            "Commands",
            visibility_timeout=Duration.minutes(6),
            dead_letter_queue=sqs.DeadLetterQueue(queue=failed, max_receive_count=5),
        )
        vendor = function(
            "Vendor",
            description="Sends commands to the vendor's public API",
            vpc=vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PUBLIC),
            allow_public_subnet=True,
            environment={"VENDOR_API": "https://api.vendor.example.com"},
        )
        vendor.add_event_source(sources.SqsEventSource(commands))

        firmware = sqs.Queue(
            self,
            "Firmware",
            visibility_timeout=Duration.minutes(6),
            dead_letter_queue=sqs.DeadLetterQueue(queue=failed, max_receive_count=5),
        )
        updates = function(
            "Updates",
            description="Announces firmware to the vendor's public API",
            vpc=vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
            environment={"VENDOR_API": "https://api.vendor.example.com"},
        )
        updates.add_event_source(sources.SqsEventSource(firmware))
        CfnOutput(self, "StreamName", value=events.stream_name)


app = App(outdir="cdk.out", analytics_reporting=False)
DeviceIngest(app, "DeviceIngest")
app.synth()
