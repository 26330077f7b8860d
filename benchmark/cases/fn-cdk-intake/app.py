from aws_cdk import App, CfnOutput, Duration, Stack, Tags
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from constructs import Construct


class IntakeStack(Stack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id, analytics_reporting=False)
        artifacts = s3.Bucket.from_bucket_name(self, "Artifacts", "acme-artifacts")
        operations = sns.Topic(self, "Operations")

        def function(name: str, timeout: int, **more) -> lambda_.Function:
            return lambda_.Function(
                self,
                name,
                runtime=lambda_.Runtime.PYTHON_3_13,
                handler=f"{name.lower()}.handler",
                code=lambda_.Code.from_bucket(artifacts, "intake/current.zip"),
                timeout=Duration.seconds(timeout),
                memory_size=512,
                tracing=lambda_.Tracing.ACTIVE,
                **more,
            )

        dead = sqs.Queue(self, "Dead", retention_period=Duration.days(14), enforce_ssl=True)
        dead_in_order = sqs.Queue(self, "DeadInOrder", fifo=True, retention_period=Duration.days(14))
        dead.metric_approximate_number_of_messages_visible().create_alarm(
            self,
            "DeadAlarm",
            threshold=1,
            evaluation_periods=1,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        ).add_alarm_action(actions.SnsAction(operations))

        forms = sqs.Queue(
            self,
            "Forms",
            receive_message_wait_time=Duration.seconds(20),
            dead_letter_queue=sqs.DeadLetterQueue(queue=dead, max_receive_count=5),
        )
        function("FormsReader", 45).add_event_source(sources.SqsEventSource(forms, batch_size=10))

        scans = sqs.Queue(
            self,
            "Scans",
            visibility_timeout=Duration.minutes(6),
            receive_message_wait_time=Duration.seconds(20),
        )
        function("ScansReader", 60, reserved_concurrent_executions=4).add_event_source(
            sources.SqsEventSource(scans, batch_size=10, max_concurrency=25)
        )

        letters = sqs.Queue(
            self,
            "Letters",
            visibility_timeout=Duration.minutes(6),
            receive_message_wait_time=Duration.seconds(20),
            dead_letter_queue=sqs.DeadLetterQueue(queue=dead, max_receive_count=5),
        )
        function("LettersReader", 55, reserved_concurrent_executions=25).add_event_source(
            sources.SqsEventSource(
                letters, batch_size=50, max_batching_window=Duration.seconds(30), max_concurrency=25, report_batch_item_failures=True
            )
        )

        registered = sns.Topic(self, "Registered")
        undelivered = sqs.Queue(self, "Undelivered", retention_period=Duration.days(14))
        indexer = function("Indexer", 30, on_failure=destinations.SqsDestination(dead_in_order))
        registered.add_subscription(subscriptions.LambdaSubscription(indexer, dead_letter_queue=undelivered))
        archiver = function("Archiver", 30, on_failure=destinations.SqsDestination(dead))
        registered.add_subscription(subscriptions.LambdaSubscription(archiver, dead_letter_queue=undelivered))

        CfnOutput(self, "FormsUrl", value=forms.queue_url)
        CfnOutput(self, "RegisteredArn", value=registered.topic_arn)


app = App(outdir="cdk.out", analytics_reporting=False)
stack = IntakeStack(app, "Intake")
Tags.of(stack).add("team", "intake")
app.synth()
