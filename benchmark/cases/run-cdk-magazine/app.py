from aws_cdk import (
    App, CfnOutput, Duration, Environment, Stack, Tags,
    aws_certificatemanager as acm,
    aws_cloudfront as cloudfront,
    aws_cloudfront_origins as origins,
    aws_cloudwatch as cloudwatch,
    aws_cloudwatch_actions as actions,
    aws_route53 as route53,
    aws_route53_targets as targets,
    aws_sns as sns,
)

ZONE = "magazine.example.com"


class Magazine(Stack):
    def __init__(self, scope, id, **kwargs):
        super().__init__(scope, id, **kwargs)
        zone = route53.HostedZone.from_hosted_zone_attributes(
            self, "Zone", hosted_zone_id="Z0MAGAZINE0EXAMPLE", zone_name=ZONE)
        press = route53.HostedZone.from_hosted_zone_attributes(
            self, "Press", hosted_zone_id="Z0PRESS000EXAMPLE", zone_name="press.example.com")
        ops = sns.Topic(self, "Ops")
        certificate = acm.Certificate.from_certificate_arn(
            self, "Certificate",
            "arn:aws:acm:us-east-1:111122223333:certificate/abababab-0000-1111-2222-333344445555")

        def pair(name):
            return origins.OriginGroup(
                primary_origin=origins.HttpOrigin(f"{name}.tokyo.example.com"),
                fallback_origin=origins.HttpOrigin(f"{name}.osaka.example.com"),
                fallback_status_codes=[500, 502, 503, 504])

        articles = cloudfront.Distribution(
            self, "Articles", domain_names=[f"www.{ZONE}"], certificate=certificate,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            default_behavior=cloudfront.BehaviorOptions(
                origin=pair("articles"),
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
                cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED),
            additional_behaviors={
                "/comments/*": cloudfront.BehaviorOptions(
                    origin=pair("comments"),
                    allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
                    viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
                    cache_policy=cloudfront.CachePolicy.CACHING_DISABLED),
                "/subscribe/*": cloudfront.BehaviorOptions(
                    origin=origins.HttpOrigin("subscribe.global.example.com"),
                    allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
                    viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
                    cache_policy=cloudfront.CachePolicy.CACHING_DISABLED),
            })
        route53.ARecord(self, "Www", zone=zone, record_name="www",
                        target=route53.RecordTarget.from_alias(targets.CloudFrontTarget(articles)))
        route53.CnameRecord(self, "Apex", zone=zone, domain_name=f"www.{ZONE}", ttl=Duration.minutes(5))
        route53.ARecord(self, "PressApex", zone=press,
                        target=route53.RecordTarget.from_ip_addresses("198.51.100.33"))

        def check(name, **config):
            return route53.CfnHealthCheck(
                self, name,
                health_check_config=route53.CfnHealthCheck.HealthCheckConfigProperty(**config),
                health_check_tags=[route53.CfnHealthCheck.HealthCheckTagProperty(key="Name", value=name)])

        tokyo = check("TokyoApi", type="HTTPS", fully_qualified_domain_name="api.tokyo.example.com",
                      port=443, resource_path="/health", request_interval=10, failure_threshold=3)
        feed = check("TokyoFeed", type="HTTPS", fully_qualified_domain_name=f"feed.{ZONE}",
                     port=443, resource_path="/health", request_interval=10, failure_threshold=3)
        both = check("TokyoAll", type="CALCULATED", health_threshold=0,
                     child_health_checks=[tokyo.attr_health_check_id, feed.attr_health_check_id])
        any_ = check("TokyoSome", type="CALCULATED", health_threshold=1,
                     child_health_checks=[tokyo.attr_health_check_id, feed.attr_health_check_id])

        def record(name, label, role, host, ttl, health=None):
            return route53.CfnRecordSet(
                self, f"{name}{role.title()}", hosted_zone_id=zone.hosted_zone_id, name=f"{label}.{ZONE}.",
                type="CNAME", ttl=str(ttl), resource_records=[host], failover=role,
                set_identifier=host.split(".")[1], health_check_id=health)

        record("Api", "api", "PRIMARY", "api.tokyo.example.com", 60, tokyo.attr_health_check_id)
        record("Api", "api", "SECONDARY", "api.osaka.example.com", 60)
        record("Feed", "feed", "PRIMARY", "feed.tokyo.example.com", 60, feed.attr_health_check_id)
        record("Feed", "feed", "SECONDARY", "feed.osaka.example.com", 60)
        record("Archive", "archive", "PRIMARY", "archive.tokyo.example.com", 1800, any_.attr_health_check_id)
        record("Archive", "archive", "SECONDARY", "archive.osaka.example.com", 60)
        record("Print", "print", "PRIMARY", "print.tokyo.example.com", 60, both.attr_health_check_id)
        record("Print", "print", "SECONDARY", "print.osaka.example.com", 60)

        down = cloudwatch.Alarm(
            self, "ApiDown", threshold=1, evaluation_periods=3,
            metric=cloudwatch.Metric(
                namespace="AWS/Route53", metric_name="HealthCheckStatus", statistic="Minimum",
                period=Duration.minutes(1), dimensions_map={"HealthCheckId": tokyo.attr_health_check_id}),
            comparison_operator=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.BREACHING)
        down.add_alarm_action(actions.SnsAction(ops))
        CfnOutput(self, "Domain", value=articles.distribution_domain_name)
        Tags.of(self).add("team", "magazine")


app = App(outdir="cdk.out", analytics_reporting=False)
Magazine(app, "Magazine", env=Environment(account="111122223333", region="us-east-1"))
app.synth()
