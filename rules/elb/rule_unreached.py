"""A listener rule should be reached.

A load balancer takes the rules of a listener in the order of their priorities, the lowest number first, and the first that
fits a request decides. A rule whose requests all fit one with a lower number gets none: what it forwards to stands idle, unless both
forward to the same target group.

A pattern for paths is compared with the path alone. One with a query string, such as /orders.csv?year=*, fits no request: its question
mark is any one character of a path.

What to do: give the narrower rule the lower Priority (Terraform: priority), or remove it. Write a condition of the Field query-string
(query_string) beside the path. A rule that answers with an
error of its own, such as 503 while an application is maintained, may well stand before others.
"""

from awslint_memo import Findings, Resource, listener_rules, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::ElasticLoadBalancingV2::ListenerRule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="elasticloadbalancing/latest/application/listener-rules.html",
)
def check(late: Resource) -> Findings:
    early = listener_rules.taken_before(late)
    if early is not None:
        first = early.get("Priority")
        yield late.finding(
            late.get("Priority"),
            f"but {early.title} has {first.text}{first.note} and takes all of its requests, so it gets none",
            do=f"set it below {first.text}",
            related=[(first, early.title)],
        )
    queried = listener_rules.queried(late)
    if queried is not None:
        yield late.finding(
            queried,
            "but the path alone is compared with it, without the query string, so it fits no request",
            do="write the query string as a condition of its own",
        )


BAD = """
Resources:
  All: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 10, Conditions: [{Field: path-pattern, Values: ["*"]}], Actions: [{Type: forward, TargetGroupArn: a}]}}
  Images: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 11, Conditions: [{Field: path-pattern, PathPatternConfig: {Values: [/images/*]}}], Actions: [{Type: forward, TargetGroupArn: b}]}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: l, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: a}]}}
---
Resources:
  Shop: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 5, Conditions: [{Field: host-header, HostHeaderConfig: {Values: ["*.example.com"]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
  Orders: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 6, Conditions: [{Field: host-header, HostHeaderConfig: {Values: [Orders.example.com]}}, {Field: path-pattern, PathPatternConfig: {Values: [/orders]}}], Actions: [{Type: forward, TargetGroupArn: b}]}}
---
resource "aws_lb_listener" "web" {
  load_balancer_arn = "l"
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = "a"
  }
}

resource "aws_lb_listener_rule" "api" {
  listener_arn = aws_lb_listener.web.arn
  priority     = 100

  action {
    type             = "forward"
    target_group_arn = "b"
  }

  condition {
    path_pattern {
      values = ["/api/*", "/v2/*"]
    }
  }
}

resource "aws_lb_listener_rule" "orders" {
  listener_arn = aws_lb_listener.web.arn
  priority     = 200

  action {
    type             = "forward"
    target_group_arn = "c"
  }

  condition {
    path_pattern {
      values = ["/api/orders"]
    }
  }

  condition {
    query_string {
      key   = "version"
      value = "2"
    }
  }
}
---
Resources:
  Bills: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 5, Conditions: [{Field: path-pattern, PathPatternConfig: {Values: [/bills, "/bills?month=*"]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
---
resource "aws_lb_listener_rule" "feed" {
  listener_arn = "l"
  priority     = 7

  action {
    type             = "forward"
    target_group_arn = "a"
  }

  condition {
    path_pattern {
      values = ["/feed.xml?full*"]
    }
  }
}
"""

GOOD = """
Parameters: {Path: {Type: String}}
Resources:
  # A question mark is one character of a path.
  Versions: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 5, Conditions: [{Field: path-pattern, PathPatternConfig: {Values: ["/v?/orders", "/img/?.png", "/bill-?", !Ref Path]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
  Months: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 6, Conditions: [{Field: path-pattern, Values: ["/report?csv*", /bills.jp?g]}, {Field: query-string, QueryStringConfig: {Values: [{Key: month, Value: "?month=*"}]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
---
Resources:
  Staging: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 5, Conditions: [{Field: host-header, Values: ["*.example.com"]}], Actions: [{Type: forward, TargetGroupArn: a}]}}
  Api: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 30, Conditions: [{Field: host-header, Values: [api.example.com]}], Actions: [{Type: forward, TargetGroupArn: a}]}}
---
Parameters: {Path: {Type: String}, Priority: {Type: Number}, Listener: {Type: String}}
Resources:
  Images: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 10, Conditions: [{Field: path-pattern, PathPatternConfig: {Values: [/images/*]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
  Wider: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 11, Conditions: [{Field: path-pattern, PathPatternConfig: {Values: [/images/*, /media/*]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
  Posted: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 12, Conditions: [{Field: path-pattern, PathPatternConfig: {Values: ["/*"]}}, {Field: http-request-method, HttpRequestMethodConfig: {Values: [POST]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
  Got: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 13, Conditions: [{Field: http-request-method, HttpRequestMethodConfig: {Values: [GET]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
  Marked: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 14, Conditions: [{Field: http-header, HttpHeaderConfig: {HttpHeaderName: X-Debug, Values: ["*"]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
  AnyPath: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 15, Conditions: [{Field: path-pattern, PathPatternConfig: {Values: [!Ref Path]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
  ByRegex: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 16, Conditions: [{Field: path-pattern, PathPatternConfig: {RegexValues: ["^/a.*"]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
  Maintained: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 17, Conditions: [{Field: path-pattern, PathPatternConfig: {Values: ["*"]}}], Actions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "503"}}]}}
  Elsewhere: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: m, Priority: 18, Conditions: [{Field: path-pattern, PathPatternConfig: {Values: ["*"]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
  AnyListener: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 19, Conditions: [{Field: path-pattern, PathPatternConfig: {Values: ["*"]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
  AnyPriority: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: !Ref Priority, Conditions: [{Field: path-pattern, PathPatternConfig: {Values: ["*"]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
  Rest: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: l, Priority: 20, Conditions: [{Field: path-pattern, PathPatternConfig: {Values: ["/*"]}}], Actions: [{Type: forward, TargetGroupArn: a}]}}
---
resource "aws_lb_listener_rule" "orders" {
  listener_arn = "l"
  priority     = 100

  action {
    type             = "forward"
    target_group_arn = "a"
  }

  condition {
    host_header {
      values = ["orders.example.com"]
    }
  }

  condition {
    path_pattern {
      values = ["/api/*"]
    }
  }
}

resource "aws_lb_listener_rule" "rest" {
  listener_arn = "l"
  priority     = 200

  action {
    type             = "forward"
    target_group_arn = "b"
  }

  condition {
    path_pattern {
      values = ["/api/*"]
    }
  }
}
"""
