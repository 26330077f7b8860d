"""X-Ray needs a policy to write spans to CloudWatch Logs.

With Transaction Search, X-Ray keeps spans in the log groups aws/spans and /aws/application-signals/data. Without a resource
policy that lets it write there, turning it on fails, or no span arrives.

What to do: add an AWS::Logs::ResourcePolicy (Terraform: aws_cloudwatch_log_resource_policy) that allows
xray.amazonaws.com logs:PutLogEvents on both groups, and let the search depend on it. It may be in another stack.
"""

from awslint_memo import Findings, Resource, resource_policies, rule, tracing


@rule(
    level="advice",
    since="0.2",
    resource="AWS::XRay::TransactionSearchConfig",
    memo="サービスマップ: アプリケーションの構成要素や依存関係をグラフィカルに表示します",
    aws="AmazonCloudWatch/latest/monitoring/CloudWatch-Transaction-Search-Cloudformation.html",
)
def check(search: Resource) -> Findings:
    destination = search.terraform.trace_destination
    is_on = destination.is_absent or destination.text == "CloudWatchLogs"
    allowed = resource_policies.may_write_logs(search.deployment, tracing.SPAN_WRITER)
    if is_on and allowed is False and not search.is_open:
        message = "keeps spans in CloudWatch Logs, but no policy here lets X-Ray write them"
        do = "unless another stack has one, add a resource policy of CloudWatch Logs for xray.amazonaws.com"
        yield search.finding(search, message, do=do)


BAD = """
Resources:
  Search: {Type: AWS::XRay::TransactionSearchConfig, Properties: {IndexingPercentage: 1}}
  Policy:
    Type: AWS::Logs::ResourcePolicy
    Properties: {PolicyName: dns, PolicyDocument: '{"Statement": [{"Effect": "Allow", "Principal": {"Service": "route53.amazonaws.com"}}]}'}
---
resource "aws_xray_trace_segment_destination" "search" {
  destination = "CloudWatchLogs"
}

resource "aws_cloudwatch_log_resource_policy" "search" {
  policy_name = "search"
  policy_document = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "es.amazonaws.com" }, Action = "logs:PutLogEvents", Resource = "*" }]
  })
}
"""

GOOD = """
Transform: AddsPolicies
Resources:
  Search: {Type: AWS::XRay::TransactionSearchConfig, Properties: {IndexingPercentage: 1}}
---
Resources:
  Search: {Type: AWS::XRay::TransactionSearchConfig, Properties: {IndexingPercentage: 1}}
  Policy:
    Type: AWS::Logs::ResourcePolicy
    Properties: {PolicyName: spans, PolicyDocument: !Sub '{"Statement": [{"Effect": "Allow", "Principal": {"Service": "xray.amazonaws.com"}, "Action": "logs:PutLogEvents", "Resource": "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:aws/spans:*"}]}'}
---
Parameters: {Document: {Type: String}}
Resources:
  Search: {Type: AWS::XRay::TransactionSearchConfig, Properties: {IndexingPercentage: 1}}
  Unknown: {Type: AWS::Logs::ResourcePolicy, Properties: {PolicyName: spans, PolicyDocument: !Ref Document}}
---
resource "aws_xray_trace_segment_destination" "plain" {
  destination = "XRay"
}
---
variable "destination" {
  type = string
}

resource "aws_xray_trace_segment_destination" "unknown" {
  destination = var.destination
}
---
resource "aws_xray_trace_segment_destination" "search" {
  destination = "CloudWatchLogs"
}

resource "aws_cloudwatch_log_resource_policy" "spans" {
  policy_name = "spans"
  policy_document = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "xray.amazonaws.com" }, Action = "logs:PutLogEvents", Resource = "*" }]
  })
}
"""
