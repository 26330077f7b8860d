from aws_cdk import (App, Stack, Duration, CfnOutput, aws_lambda as fn, aws_codedeploy as cd, aws_cloudwatch as cw,
                     aws_cloudwatch_actions as cwa, aws_sns as sns, aws_logs as logs, aws_dynamodb as ddb,
                     aws_apigatewayv2 as api, aws_apigatewayv2_integrations as integ, RemovalPolicy)
from constructs import Construct

CODE = """
import os, json, boto3
table = boto3.resource('dynamodb').Table(os.environ['TABLE'])
def handler(event, context):
    return {'statusCode': 200, 'body': json.dumps({'function': context.function_name})}
"""


class Booking(Stack):
    def __init__(self, scope: Construct, id: str, **kw) -> None:
        super().__init__(scope, id, **kw)
        pager = sns.Topic.from_topic_arn(self, "Pager", "arn:aws:sns:eu-west-1:111122223333:pager")
        table = ddb.Table(self, "Bookings", partition_key=ddb.Attribute(name="id", type=ddb.AttributeType.STRING),
                          billing_mode=ddb.BillingMode.PAY_PER_REQUEST, deletion_protection=True,
                          removal_policy=RemovalPolicy.RETAIN,
                          point_in_time_recovery_specification=ddb.PointInTimeRecoverySpecification(point_in_time_recovery_enabled=True))

        def function(name):
            f = fn.Function(self, name, runtime=fn.Runtime.PYTHON_3_12, handler="index.handler", timeout=Duration.seconds(10),
                            memory_size=512, architecture=fn.Architecture.ARM_64, tracing=fn.Tracing.ACTIVE,
                            code=fn.Code.from_inline(CODE), environment={"TABLE": table.table_name},
                            log_group=logs.LogGroup(self, name + "Logs", retention=logs.RetentionDays.THREE_MONTHS))
            table.grant_read_write_data(f)
            return f

        def errors(name, target):
            alarm = target.metric_errors(period=Duration.minutes(1), statistic="sum").create_alarm(
                self, name, threshold=2, evaluation_periods=2, treat_missing_data=cw.TreatMissingData.NOT_BREACHING)
            alarm.add_alarm_action(cwa.SnsAction(pager))
            return alarm

        search, book, cancel, price = function("Search"), function("Book"), function("Cancel"), function("Price")
        live = {}
        live["search"] = fn.Alias(self, "SearchLive", alias_name="live", version=search.current_version)
        live["book"] = fn.Alias(self, "BookLive", alias_name="live", version=fn.Version(self, "BookVersion", lambda_=book))
        live["cancel"] = fn.Alias(self, "CancelLive", alias_name="live", version=cancel.current_version)
        live["price"] = fn.Alias(self, "PriceLive", alias_name="live", version=price.current_version)

        book_errors, search_errors = errors("BookErrors", live["book"]), errors("SearchErrors", live["search"])
        price_errors = errors("PriceErrors", live["price"])
        application = cd.LambdaApplication(self, "Releases")
        cd.LambdaDeploymentGroup(self, "SearchReleases", application=application, alias=live["search"],
                                 deployment_config=cd.LambdaDeploymentConfig.CANARY_10_PERCENT_10_MINUTES,
                                 alarms=[search_errors])
        cd.LambdaDeploymentGroup(self, "BookReleases", application=application, alias=live["book"],
                                 deployment_config=cd.LambdaDeploymentConfig.LINEAR_10_PERCENT_EVERY_2_MINUTES,
                                 alarms=[book_errors])
        cd.LambdaDeploymentGroup(self, "CancelReleases", application=application, alias=live["cancel"],
                                 deployment_config=cd.LambdaDeploymentConfig.CANARY_10_PERCENT_15_MINUTES)
        cd.LambdaDeploymentGroup(self, "PriceReleases", application=application, alias=live["price"],
                                 deployment_config=cd.LambdaDeploymentConfig.CANARY_10_PERCENT_5_MINUTES,
                                 alarms=[search_errors, book_errors])

        access = logs.LogGroup(self, "Access", retention=logs.RetentionDays.THREE_MONTHS)
        http = api.HttpApi(self, "Api", create_default_stage=False)
        stage = api.HttpStage(self, "Stage", http_api=http, stage_name="$default", auto_deploy=True,
                              throttle=api.ThrottleSettings(rate_limit=200, burst_limit=400))
        stage.node.default_child.access_log_settings = api.CfnStage.AccessLogSettingsProperty(
            destination_arn=access.log_group_arn, format="$context.requestId $context.routeKey $context.status")
        for path, method, target in (("/search", "GET", live["search"]), ("/bookings", "POST", live["book"]),
                                     ("/bookings/{id}", "DELETE", live["cancel"]), ("/prices", "GET", price)):
            name = path.strip("/").split("/")[0].title() + method.title()
            http.add_routes(path=path, methods=[api.HttpMethod[method]],
                            integration=integ.HttpLambdaIntegration(name, target))
        CfnOutput(self, "Url", value=http.api_endpoint)


app = App(outdir="cdk.out", analytics_reporting=False)
Booking(app, "Booking")
app.synth()
