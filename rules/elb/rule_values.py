"""A listener rule should have conditions that Elastic Load Balancing takes.

All conditions of a rule have five values together, and six wildcards; no request raises that. There is one condition of hosts, of
paths, of methods and of source addresses each, but several of headers and query strings. Methods are written in capital letters, source
addresses as CIDR blocks, and patterns for paths without the signs of regular expressions, which belong into RegexValues. A rule has one
transform of each type, and an action forwards to five target groups at most. Anything else is refused when it is deployed.

What to do: split the values between several rules with the same actions, or write the value that the message names.
"""

from awslint_memo import Findings, Resource, rule, rule_conditions


@rule(
    level="error",
    since="0.2",
    resource="AWS::ElasticLoadBalancingV2::ListenerRule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="elasticloadbalancing/latest/application/load-balancer-limits.html",
)
def check(listener_rule: Resource) -> Findings:
    for refused in rule_conditions.refused(listener_rule):
        related = [] if refused.beside is None else [(refused.beside, "the other one")]
        yield listener_rule.finding(refused.value, refused.message, of=refused.of, do=refused.remedy, related=related)
    for many in rule_conditions.too_many_groups(listener_rule.get("Actions")):
        yield listener_rule.finding(many.value, many.message, of=many.of, do=many.remedy)


@check.on("AWS::ElasticLoadBalancingV2::Listener")
def default_actions(listener: Resource) -> Findings:
    for many in rule_conditions.too_many_groups(listener.get("DefaultActions")):
        yield listener.finding(many.value, many.message, of=many.of, do=many.remedy)


BAD = """
Resources:
  Api: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 1, Actions: [{Type: forward, TargetGroupArn: a}], Conditions: [{Field: host-header, HostHeaderConfig: {Values: [a.example.com, b.example.com]}}, {Field: path-pattern, Values: [/a/*, /b/*, /c/*]}, {Field: http-request-method, HttpRequestMethodConfig: {Values: [GET]}}]}}
---
Resources:
  Files: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 1, Actions: [{Type: forward, TargetGroupArn: a}], Conditions: [{Field: path-pattern, PathPatternConfig: {Values: ["*/a/*", "*/b/*", "*/c/?/*"]}}]}}
---
Resources:
  Api: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 1, Actions: [{Type: forward, TargetGroupArn: a}], Conditions: [{Field: path-pattern, PathPatternConfig: {Values: [/a]}}, {Field: path-pattern, PathPatternConfig: {Values: [/b]}}]}}
---
Resources:
  Posted: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 1, Actions: [{Type: forward, TargetGroupArn: a}], Conditions: [{Field: http-request-method, HttpRequestMethodConfig: {Values: [post]}}]}}
---
Resources:
  Office: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 1, Actions: [{Type: forward, TargetGroupArn: a}], Conditions: [{Field: source-ip, SourceIpConfig: {Values: [203.0.113.7]}}]}}
---
Resources:
  Shop: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 1, Actions: [{Type: forward, TargetGroupArn: a}], Conditions: [{Field: http-header, HttpHeaderConfig: {HttpHeaderName: Host, Values: [shop.example.com]}}]}}
---
Resources:
  Moved: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 1, Actions: [{Type: forward, TargetGroupArn: a}], Conditions: [{Field: path-pattern, Values: [/a]}], Transforms: [{Type: url-rewrite, UrlRewriteConfig: {Rewrites: [{Regex: a, Replace: b}]}}, {Type: url-rewrite, UrlRewriteConfig: {Rewrites: [{Regex: c, Replace: d}]}}]}}
---
Resources:
  Web: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: l, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, ForwardConfig: {TargetGroups: [{TargetGroupArn: a}, {TargetGroupArn: b}, {TargetGroupArn: c}, {TargetGroupArn: d}, {TargetGroupArn: e}, {TargetGroupArn: f}]}}]}}
---
resource "aws_lb_listener_rule" "api" {
  listener_arn = "l"
  priority     = 100

  action {
    type             = "forward"
    target_group_arn = "a"
  }

  condition {
    path_pattern {
      values = ["/a", "/b", "/c", "/d", "/e", "/f"]
    }
  }
}
---
resource "aws_lb_listener_rule" "search" {
  listener_arn = "l"
  priority     = 100

  action {
    type             = "forward"
    target_group_arn = "a"
  }

  condition {
    query_string {
      key   = "q"
      value = "*"
    }

    query_string {
      key   = "p"
      value = "1"
    }
  }

  condition {
    http_header {
      http_header_name = "X-Client"
      values           = ["a", "b", "c", "d"]
    }
  }
}
---
resource "aws_lb_listener_rule" "api" {
  listener_arn = "l"
  priority     = 100

  action {
    type             = "forward"
    target_group_arn = "a"
  }

  condition {
    path_pattern {
      values = ["/(v1|v2)/*"]
    }
  }
}
"""

GOOD = """
Parameters: {Paths: {Type: CommaDelimitedList}, Path: {Type: String}, Address: {Type: String}}
Resources:
  Five: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 1, Actions: [{Type: forward, TargetGroupArn: a}], Conditions: [{Field: path-pattern, PathPatternConfig: {Values: ["/a/*", "/b/*", "/c/*", !Ref Path]}}, {Field: http-request-method, HttpRequestMethodConfig: {Values: [GET]}}], Transforms: [{Type: url-rewrite, UrlRewriteConfig: {Rewrites: [{Regex: a, Replace: b}]}}, {Type: host-header-rewrite, HostHeaderRewriteConfig: {Rewrites: [{Regex: a, Replace: b}]}}]}}
  AnyPaths: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 2, Actions: [{Type: forward, TargetGroupArn: a}], Conditions: [{Field: path-pattern, PathPatternConfig: {Values: !Ref Paths}}, {Field: host-header, Values: [a.example.com]}, {Field: source-ip, SourceIpConfig: {Values: [!Ref Address, 203.0.113.0/24, "2001:db8::/32"]}}]}}
  # Several conditions of headers, all of which must fit.
  Headers: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 3, Actions: [{Type: forward, TargetGroupArn: a}], Conditions: [{Field: http-header, HttpHeaderConfig: {HttpHeaderName: A, Values: ["*a*"]}}, {Field: http-header, HttpHeaderConfig: {HttpHeaderName: B, Values: ["*b*"]}}, {Field: path-pattern, PathPatternConfig: {RegexValues: ["^/(v1|v2)/.*$"]}}, {Field: query-string, QueryStringConfig: {Values: [{Key: q, Value: "*"}]}}]}}
---
variable "paths" {
  type = list(string)
}

# A list of the same value twice is a set of one.
resource "aws_lb_listener_rule" "api" {
  listener_arn = "l"
  priority     = 100

  action {
    type             = "forward"
    target_group_arn = "a"
  }

  condition {
    path_pattern {
      values = ["/a", "/b", "/c", "/d", "/e", "/e"]
    }
  }
}

resource "aws_lb_listener_rule" "rest" {
  listener_arn = "l"
  priority     = 200

  action {
    type             = "forward"
    target_group_arn = "a"
  }

  condition {
    path_pattern {
      values = var.paths
    }
  }
}
---
variable "rules" {
  type = any
}

# As public modules make them: a condition for each key that a rule has.
resource "aws_lb_listener_rule" "each" {
  listener_arn = "l"
  priority     = 100

  action {
    type             = "forward"
    target_group_arn = "a"
  }

  dynamic "condition" {
    for_each = [for rule in var.rules : rule if length(lookup(rule, "host_headers", [])) > 0]

    content {
      host_header {
        values = condition.value["host_headers"]
      }
    }
  }

  dynamic "condition" {
    for_each = [for rule in var.rules : rule if length(lookup(rule, "path_patterns", [])) > 0]

    content {
      path_pattern {
        values = condition.value["path_patterns"]
      }
    }
  }
}
"""
