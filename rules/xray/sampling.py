"""A sampling rule that matches every request should record some of them, not all and not none.

A rule that matches everything with a rate of 1 records each request: the cost grows with the traffic, and important
traces are hard to find. With a rate of 0 and a reservoir of 0 none of the requests that reach the rule is recorded. A
rule for one path, such as that of health checks, may well record none or all. The rate is a share from 0 to 1: X-Ray refuses
10 for ten per cent, and a Priority that is not from 1 to 9999.

What to do: record a few requests a second (ReservoirSize) and a small share of the rest, such as a FixedRate of 0.05.
"""

from awslint_memo import Findings, Resource, rule, samplings


@rule(
    level="advice",
    widened={"0.2": "values that X-Ray refuses"},
    resource="AWS::XRay::SamplingRule",
    memo="X-Ray API では、受信したメタデータをもとにトレース情報を生成し",
    aws="xray/latest/devguide/xray-console-sampling.html",
)
def check(resource: Resource) -> Findings:
    sampling = resource.get("SamplingRule")
    for name, (least, most) in samplings.RANGES.items():
        value = sampling.get(name)
        number = value.number or 0
        if value.below(least) or value.above(most):
            is_percent = name == "FixedRate" and 1 < number <= 100
            do = f"set it to {number / 100:g}" if is_percent else "set it to one of these"
            message = f"but X-Ray takes {least} to {most}, and refuses it"
            yield resource.finding(value, message, do=do, level="error", since="0.2")
    if not samplings.fits_all(sampling):
        return
    rate, reservoir = sampling.get("FixedRate"), sampling.get("ReservoirSize")
    if rate.number == 1:
        message = f"is 1{rate.note} in a rule for every request, so all are recorded; set it to a share such as 0.05"
        yield resource.finding(rate, message, of="FixedRate")
    elif rate.number == 0 and reservoir.number == 0:
        message = (
            f"is 0{rate.note} and ReservoirSize is 0{reservoir.note} in a rule for every request, so none is recorded"
        )
        yield resource.finding(rate, message, of="FixedRate", do="set it to a share such as 0.05")


BAD = """
Resources:
  All: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: all, Priority: 1, Version: 1, FixedRate: 1.0, ReservoirSize: 10, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: "*"}}}
---
Resources:
  None: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: none, Priority: 1, Version: 1, FixedRate: "0", ReservoirSize: 0, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: "*", Attributes: {}}}}
---
resource "aws_xray_sampling_rule" "all" {
  rule_name      = "all"
  priority       = 1
  version        = 1
  fixed_rate     = 1
  reservoir_size = 0
  http_method    = "*"
  host           = "*"
  resource_arn   = "*"
  service_name   = "*"
  service_type   = "*"
  url_path       = "*"
}
---
Resources:
  Percent: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: a, Priority: 1, Version: 1, FixedRate: 10, ReservoirSize: 0, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: orders, ServiceType: "*", URLPath: "*"}}}
---
resource "aws_xray_sampling_rule" "last" {
  rule_name      = "last"
  priority       = 10000
  version        = 1
  fixed_rate     = 0.1
  reservoir_size = 0
  http_method    = "*"
  host           = "*"
  resource_arn   = "*"
  service_name   = "*"
  service_type   = "*"
  url_path       = "*"
}
"""

GOOD = """
Parameters: {Rate: {Type: Number}}
Resources:
  Share: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: a, FixedRate: 0.05, ReservoirSize: 1, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: "*"}}}
  Health: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: b, FixedRate: 0, ReservoirSize: 0, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: /health}}}
  Reserved: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: c, FixedRate: 0, ReservoirSize: 1, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: "*"}}}
  Debug: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: d, FixedRate: 1, ReservoirSize: 1, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: "*", Attributes: {debug: "1"}}}}
  Unknown: {Type: AWS::XRay::SamplingRule, Properties: {SamplingRule: {RuleName: e, FixedRate: !Ref Rate, ReservoirSize: 0, HTTPMethod: "*", Host: "*", ResourceARN: "*", ServiceName: "*", ServiceType: "*", URLPath: "*"}}}
---
resource "aws_xray_sampling_rule" "health" {
  rule_name      = "health"
  priority       = 1
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
