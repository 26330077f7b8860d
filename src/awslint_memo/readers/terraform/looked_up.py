"""Data sources that look something up by its name, which may be made beside them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from awslint_memo.model.any_value import Unknown
from awslint_memo.model.found import Found
from awslint_memo.model.value import Known, Value
from awslint_memo.readers.terraform.blocks import Block
from awslint_memo.readers.terraform.evaluations import Evaluations
from awslint_memo.readers.terraform.instance_keys import InstanceKeys
from awslint_memo.readers.terraform.scope import ModuleScope

LOOKED_UP = {
    "aws_autoscaling_group": ("AWS::AutoScaling::AutoScalingGroup", "name", "AutoScalingGroupName"),
    "aws_cloudwatch_event_bus": ("AWS::Events::EventBus", "name", "Name"),
    "aws_cloudwatch_log_group": ("AWS::Logs::LogGroup", "name", "LogGroupName"),
    "aws_dynamodb_table": ("AWS::DynamoDB::Table", "name", "TableName"),
    "aws_iam_role": ("AWS::IAM::Role", "name", "RoleName"),
    "aws_kinesis_stream": ("AWS::Kinesis::Stream", "name", "Name"),
    "aws_lambda_function": ("AWS::Lambda::Function", "function_name", "FunctionName"),
    "aws_lb_target_group": ("AWS::ElasticLoadBalancingV2::TargetGroup", "name", "Name"),
    "aws_s3_bucket": ("AWS::S3::Bucket", "bucket", "BucketName"),
    "aws_sfn_state_machine": ("AWS::StepFunctions::StateMachine", "name", "StateMachineName"),
    "aws_sns_topic": ("AWS::SNS::Topic", "name", "TopicName"),
    "aws_sqs_queue": ("AWS::SQS::Queue", "name", "QueueName"),
}
"""By type: that of CloudFormation, the argument with the name, and the property that has it there."""


def looked_up(
    block: Block, given: Unknown, scope: ModuleScope, kept: Evaluations, keys: Callable[[], InstanceKeys]
) -> Found:
    """An attribute of a data source that looks something up. given: the attribute as that of any data source. kept:
    what is worked out of the module once. keys: gives those of its instances."""
    type_, _, name = LOOKED_UP[block.labels[0]]
    names = kept.once(("name", block.name), given.place, partial(_names, block, scope, keys))
    return Found(given, type_, name, tuple(names.items), given.place)


def _names(block: Block, scope: ModuleScope, keys: Callable[[], InstanceKeys]) -> Value:
    """The names by which the instances of a data source look something up."""
    found = keys()
    if found.several:
        return Unknown(f"how many there are of {block.name} is not known", block.place)
    argument = LOOKED_UP[block.labels[0]][1]
    return Known([scope.within(each.names).argument(block, argument) for each in found.keys], block.place)
