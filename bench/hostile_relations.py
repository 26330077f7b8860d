"""Constructions of `bench.hostile` in which rules ask about many resources together."""

from __future__ import annotations

from bench.hostile_parts import FUNCTION, QUEUE, Json, cfn, queue, template


def _redrives(count: int, *, same: bool) -> str:
    resources: dict[str, Json] = {}
    for number in range(count):
        target = "D0" if same else f"D{number}"
        policy = {"deadLetterTargetArn": {"Fn::GetAtt": [target, "Arn"]}, "maxReceiveCount": 3}
        resources[f"Q{number}"] = queue(RedrivePolicy=policy)
        if not same or not number:
            resources[f"D{number}"] = QUEUE
    return template(resources)


cfn("redrive 4000 to one", lambda: _redrives(4_000, same=True))
cfn("redrive 4000 to others", lambda: _redrives(4_000, same=False))
cfn(
    "redrive to unknown",
    lambda: template(
        {
            f"Q{n}": queue(RedrivePolicy={"deadLetterTargetArn": {"Fn::ImportValue": f"e{n}"}, "maxReceiveCount": 3})
            for n in range(6_000)
        }
    ),
)
cfn(
    "redrive by text",
    lambda: template(
        {
            **{
                f"Q{n}": queue(
                    RedrivePolicy={
                        "deadLetterTargetArn": {"Fn::Sub": f"arn:aws:sqs:${{AWS::Region}}:${{AWS::AccountId}}:d{n}"},
                        "maxReceiveCount": 3,
                    }
                )
                for n in range(3_000)
            },
            **{f"D{n}": queue(QueueName={"Fn::Sub": "${AWS::StackName}-" + f"d{n}"}) for n in range(3_000)},
        }
    ),
)
cfn(
    "clusters x instances",
    lambda: template(
        {
            **{
                f"C{n}": {
                    "Type": "AWS::RDS::DBCluster",
                    "Properties": {
                        "Engine": "aurora-mysql",
                        "DBClusterIdentifier": {"Fn::Sub": "${AWS::StackName}-c" + str(n)},
                    },
                }
                for n in range(2_000)
            },
            **{
                f"I{n}": {
                    "Type": "AWS::RDS::DBInstance",
                    "Properties": {"Engine": "aurora-mysql", "DBClusterIdentifier": {"Ref": f"C{n}"}},
                }
                for n in range(2_000)
            },
        }
    ),
)
cfn(
    "clusters x instances unknown",
    lambda: template(
        {
            **{
                f"C{n}": {"Type": "AWS::RDS::DBCluster", "Properties": {"Engine": "aurora-mysql"}} for n in range(2_500)
            },
            **{
                f"I{n}": {
                    "Type": "AWS::RDS::DBInstance",
                    "Properties": {"Engine": "aurora-mysql", "DBClusterIdentifier": {"Fn::ImportValue": f"x{n}"}},
                }
                for n in range(2_500)
            },
        }
    ),
)
cfn(
    "alarms x queues",
    lambda: template(
        {
            **{f"Q{n}": QUEUE for n in range(3_000)},
            **{
                f"A{n}": {
                    "Type": "AWS::CloudWatch::Alarm",
                    "Properties": {
                        "Namespace": "AWS/SQS",
                        "MetricName": "ApproximateAgeOfOldestMessage",
                        "Dimensions": [{"Name": "QueueName", "Value": {"Fn::GetAtt": [f"Q{n}", "QueueName"]}}],
                        "Threshold": 1,
                    },
                }
                for n in range(3_000)
            },
        }
    ),
)
cfn(
    "alarms x queues unknown",
    lambda: template(
        {
            **{f"Q{n}": QUEUE for n in range(3_000)},
            **{
                f"A{n}": {
                    "Type": "AWS::CloudWatch::Alarm",
                    "Properties": {
                        "Namespace": "AWS/SQS",
                        "MetricName": "X",
                        "Dimensions": [{"Name": "QueueName", "Value": {"Fn::ImportValue": f"a{n}"}}],
                    },
                }
                for n in range(3_000)
            },
        }
    ),
)


cfn(
    "event source mappings",
    lambda: template(
        {
            "F": FUNCTION,
            "Q": QUEUE,
            **{
                f"M{n}": {
                    "Type": "AWS::Lambda::EventSourceMapping",
                    "Properties": {"FunctionName": {"Ref": "F"}, "EventSourceArn": {"Fn::GetAtt": ["Q", "Arn"]}},
                }
                for n in range(5_000)
            },
        }
    ),
)
cfn(
    "mappings x functions x queues",
    lambda: template(
        {
            **{f"F{n}": FUNCTION for n in range(1_200)},
            **{f"Q{n}": QUEUE for n in range(1_200)},
            **{
                f"M{n}": {
                    "Type": "AWS::Lambda::EventSourceMapping",
                    "Properties": {
                        "FunctionName": {"Ref": f"F{n}"},
                        "EventSourceArn": {"Fn::GetAtt": [f"Q{n}", "Arn"]},
                    },
                }
                for n in range(1_200)
            },
        }
    ),
)
cfn(
    "functions with roles and policies",
    lambda: template(
        {
            **{
                f"F{n}": {
                    **FUNCTION,
                    "Properties": {
                        **FUNCTION["Properties"],
                        "Role": {"Fn::GetAtt": [f"R{n % 800}", "Arn"]},
                        "TracingConfig": {"Mode": "Active"},
                    },
                }
                for n in range(800)
            },
            **{
                f"R{n}": {
                    "Type": "AWS::IAM::Role",
                    "Properties": {
                        "Policies": [
                            {
                                "PolicyName": "p",
                                "PolicyDocument": {
                                    "Statement": [{"Effect": "Allow", "Action": "xray:Put*", "Resource": "*"}]
                                },
                            }
                        ],
                        "AssumeRolePolicyDocument": {},
                    },
                }
                for n in range(800)
            },
            **{
                f"P{n}": {
                    "Type": "AWS::IAM::Policy",
                    "Properties": {
                        "Roles": [{"Ref": f"R{n}"}],
                        "PolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]},
                    },
                }
                for n in range(800)
            },
        }
    ),
)
cfn(
    "table of 5000 indexes",
    lambda: template(
        {
            "T": {
                "Type": "AWS::DynamoDB::Table",
                "Properties": {
                    "AttributeDefinitions": [{"AttributeName": f"a{n}", "AttributeType": "S"} for n in range(5_000)],
                    "KeySchema": [{"AttributeName": "a0", "KeyType": "HASH"}],
                    "GlobalSecondaryIndexes": [
                        {
                            "IndexName": f"i{n}",
                            "KeySchema": [{"AttributeName": f"a{n}", "KeyType": "HASH"}],
                            "Projection": {"ProjectionType": "ALL"},
                        }
                        for n in range(3_000)
                    ],
                },
            }
        }
    ),
)
cfn(
    "tables x scaling targets",
    lambda: template(
        {
            **{
                f"T{n}": {
                    "Type": "AWS::DynamoDB::Table",
                    "Properties": {
                        "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
                        "KeySchema": [],
                        "AttributeDefinitions": [],
                    },
                }
                for n in range(1_000)
            },
            **{
                f"S{n}": {
                    "Type": "AWS::ApplicationAutoScaling::ScalableTarget",
                    "Properties": {
                        "ServiceNamespace": "dynamodb",
                        "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
                        "ResourceId": {"Fn::Sub": f"table/${{T{n}}}"},
                    },
                }
                for n in range(1_000)
            },
            **{
                f"Y{n}": {
                    "Type": "AWS::ApplicationAutoScaling::ScalingPolicy",
                    "Properties": {"PolicyType": "TargetTrackingScaling", "ScalingTargetId": {"Ref": f"S{n}"}},
                }
                for n in range(1_000)
            },
        }
    ),
)
