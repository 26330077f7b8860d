"""A sampling rule should be reached.

X-Ray takes the rules in the order of their priorities, the lowest number first, and the first that fits a request decides.
A rule whose requests all fit one with a lower number is never used, so its share and reservoir have no effect.

What to do: give the narrower rule the lower Priority (Terraform: priority).
"""

from awslint_memo import Findings, Resource, backups, rule, samplings


@rule(
    level="warning",
    since="0.2",
    resource="AWS::XRay::SamplingRule",
    memo="X-Ray API では、受信したメタデータをもとにトレース情報を生成し",
    aws="xray/latest/devguide/xray-console-sampling.html",
)
def check(late: Resource) -> Findings:
    priority = late.get("SamplingRule.Priority")
    early = next((one for one in samplings.that_fit_all_of(late) if backups.are_together(one, late)), None)
    if early is not None:
        first = early.get("SamplingRule.Priority")
        message = (
            f"but {early.title} has {first.number:g}{first.note} and fits all of its requests, so it is never used"
        )
        yield late.finding(priority, message, do=f"set it below {first.number:g}", related=[(first, early.title)])


BAD = """
Resources:
  All: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: all, Priority: 10, Version: 1, FixedRate: 0.05, ReservoirSize: 1, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: "*"}}}
  Orders: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: orders, Priority: 20, Version: 1, FixedRate: 0.5, ReservoirSize: 1, HTTPMethod: POST, Host: "*", ResourceARN: "*", ServiceName: shop, ServiceType: "*", URLPath: /orders}}}
---
Resources:
  Api: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: api, Priority: 10, Version: 1, FixedRate: 0.05, ReservoirSize: 1, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: /api/*}}}
  Debug: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: debug, Priority: 20, Version: 1, FixedRate: 1, ReservoirSize: 1, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: /api/orders/*, Attributes: {debug: "1"}}}}
---
resource "aws_xray_sampling_rule" "all" {
  rule_name      = "all"
  priority       = 1000
  version        = 1
  fixed_rate     = 0.05
  reservoir_size = 1
  http_method    = "*"
  host           = "*"
  resource_arn   = "*"
  service_name   = "*"
  service_type   = "*"
  url_path       = "*"
}

resource "aws_xray_sampling_rule" "health" {
  rule_name      = "health"
  priority       = 2000
  version        = 1
  fixed_rate     = 0
  reservoir_size = 0
  http_method    = "GET"
  host           = "*"
  resource_arn   = "*"
  service_name   = "*"
  service_type   = "*"
  url_path       = "/health"
}
"""

GOOD = """
Parameters: {Priority: {Type: Number}, Path: {Type: String}}
Resources:
  Health: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: health, Priority: 10, Version: 1, FixedRate: 0, ReservoirSize: 0, HTTPMethod: GET, Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: /health}}}
  All: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: all, Priority: 20, Version: 1, FixedRate: 0.05, ReservoirSize: 1, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: "*"}}}
  AnyPriority: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: a, Priority: !Ref Priority, Version: 1, FixedRate: 0.5, ReservoirSize: 1, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: /a}}}
  Same: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: b, Priority: 20, Version: 1, FixedRate: 0.5, ReservoirSize: 1, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: /b}}}
---
Parameters: {Path: {Type: String}}
Resources:
  Orders: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: orders, Priority: 10, Version: 1, FixedRate: 0.5, ReservoirSize: 1, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: /orders/?}}}
  Wider: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: wider, Priority: 20, Version: 1, FixedRate: 0.5, ReservoirSize: 1, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: /orders/*}}}
  AnyPath: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: any, Priority: 15, Version: 1, FixedRate: 0.5, ReservoirSize: 1, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: !Ref Path}}}
  Debug: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: debug, Priority: 5, Version: 1, FixedRate: 1, ReservoirSize: 1, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: "*", Attributes: {debug: "1"}}}}
---
resource "aws_xray_sampling_rule" "all" {
  rule_name      = "all"
  priority       = 1000
  version        = 1
  fixed_rate     = 0.05
  reservoir_size = 1
  http_method    = "*"
  host           = "*"
  resource_arn   = "*"
  service_name   = "*"
  service_type   = "*"
  url_path       = "*"
}

# Rules are those of a Region.
resource "aws_xray_sampling_rule" "elsewhere" {
  region         = "eu-west-1"
  rule_name      = "elsewhere"
  priority       = 2000
  version        = 1
  fixed_rate     = 0.5
  reservoir_size = 1
  http_method    = "*"
  host           = "*"
  resource_arn   = "*"
  service_name   = "*"
  service_type   = "*"
  url_path       = "/a"
}
"""
