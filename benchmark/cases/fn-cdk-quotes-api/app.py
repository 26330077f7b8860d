from aws_cdk import App, CfnOutput, Duration, Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_codedeploy as codedeploy
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns


class QuotesStack(Stack):
    def __init__(self, scope, id):
        super().__init__(scope, id, analytics_reporting=False)
        artifacts = s3.Bucket.from_bucket_name(self, "Artifacts", "acme-artifacts")
        operations = sns.Topic(self, "Operations")

        def function(name, timeout=10, **more):
            return lambda_.Function(
                self,
                name,
                runtime=lambda_.Runtime.NODEJS_22_X,
                handler=f"{name.lower()}.handler",
                code=lambda_.Code.from_bucket(artifacts, "quotes/2026-11.zip"),
                timeout=Duration.seconds(timeout),
                memory_size=1024,
                tracing=lambda_.Tracing.ACTIVE,
                **more,
            )

        def alarm(name, metric, threshold):
            one = metric.create_alarm(
                self,
                name,
                threshold=threshold,
                evaluation_periods=3,
                comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
                treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            )
            one.add_alarm_action(actions.SnsAction(operations))
            return one

        api = apigateway.RestApi(
            self,
            "Quotes",
            cloud_watch_role=False,
            endpoint_types=[apigateway.EndpointType.REGIONAL],
            deploy_options=apigateway.StageOptions(
                stage_name="live",
                tracing_enabled=True,
                throttling_rate_limit=500,
                throttling_burst_limit=200,
                access_log_destination=apigateway.LogGroupLogDestination(
                    logs.LogGroup(self, "Access", retention=logs.RetentionDays.THREE_MONTHS)
                ),
            ),
        )

        price = function("Price")
        price_alias = lambda_.Alias(self, "PriceLive", alias_name="live", version=price.current_version)
        codedeploy.LambdaDeploymentGroup(
            self,
            "PriceRollout",
            alias=price_alias,
            deployment_config=codedeploy.LambdaDeploymentConfig.CANARY_10_PERCENT_5_MINUTES,
            alarms=[alarm("PriceErrors", price_alias.metric_errors(period=Duration.minutes(1)), 3)],
        )
        api.root.add_resource("price").add_method("POST", apigateway.LambdaIntegration(price))

        cover = function("Cover", reserved_concurrent_executions=10)
        cover_alias = lambda_.Alias(
            self, "CoverLive", alias_name="live", version=cover.current_version, provisioned_concurrent_executions=20
        )
        codedeploy.LambdaDeploymentGroup(
            self,
            "CoverRollout",
            alias=cover_alias,
            deployment_config=codedeploy.LambdaDeploymentConfig.LINEAR_10_PERCENT_EVERY_1_MINUTE,
        )
        api.root.add_resource("cover").add_method("POST", apigateway.LambdaIntegration(cover_alias))

        risk = function("Risk", reserved_concurrent_executions=40)
        risk_alias = lambda_.Alias(
            self, "RiskLive", alias_name="live", version=risk.current_version, provisioned_concurrent_executions=20
        )
        codedeploy.LambdaDeploymentGroup(
            self,
            "RiskRollout",
            alias=risk_alias,
            deployment_config=codedeploy.LambdaDeploymentConfig.LINEAR_10_PERCENT_EVERY_1_MINUTE,
            alarms=[alarm("RiskErrors", risk_alias.metric_errors(period=Duration.minutes(1)), 3)],
        )
        api.root.add_resource("risk").add_method("POST", apigateway.LambdaIntegration(risk_alias))

        document = function("Document", timeout=90)
        api.root.add_resource("document").add_method("POST", apigateway.LambdaIntegration(document))

        alarm("Faults", api.metric_server_error(statistic="Average", period=Duration.minutes(5)), 2)
        alarm("Refusals", api.metric_client_error(statistic="Average", period=Duration.minutes(5)), 0.25)
        alarm("Slow", api.metric_latency(statistic="p95", period=Duration.minutes(5), unit=cloudwatch.Unit.MILLISECONDS), 4000)
        alarm("SlowRisk", risk_alias.metric_duration(statistic="p95", period=Duration.minutes(5), unit=cloudwatch.Unit.SECONDS), 3)
        CfnOutput(self, "Url", value=api.url)


app = App(outdir="cdk.out", analytics_reporting=False)
QuotesStack(app, "QuotesApi")
app.synth()
