"""Constructions of `bench.hostile` with texts that are parsed again: policies, build specs and state machines."""

from __future__ import annotations

import json

from bench.hostile_parts import FUNCTION, cfn, laughs, nested, template

cfn(
    "policy wildcards",
    lambda: template(
        {
            "R": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "Policies": [
                        {
                            "PolicyName": "p",
                            "PolicyDocument": {
                                "Statement": [
                                    {
                                        "Effect": "Allow",
                                        "Action": ["*a" * 40 + "*b", "xray:" + "*P" * 30 + "*"],
                                        "Resource": "*a" * 500 + "*b",
                                    }
                                ]
                            },
                        }
                    ]
                },
            },
            "F": {
                **FUNCTION,
                "Properties": {
                    **FUNCTION["Properties"],
                    "FunctionName": "a" * 5_000,
                    "Role": {"Fn::GetAtt": ["R", "Arn"]},
                    "TracingConfig": {"Mode": "Active"},
                },
            },
        }
    ),
)
cfn(
    "policy of 20000 statements",
    lambda: template(
        {
            "R": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "Policies": [
                        {
                            "PolicyName": "p",
                            "PolicyDocument": {
                                "Statement": [{"Effect": "Allow", "Action": "x:y", "Resource": "*"}] * 12_000
                            },
                        }
                    ]
                },
            },
            "F": {**FUNCTION, "Properties": {**FUNCTION["Properties"], "Role": {"Fn::GetAtt": ["R", "Arn"]}}},
        }
    ),
)
cfn(
    "buildspec 1 MB",
    lambda: template(
        {
            "B": {
                "Type": "AWS::CodeBuild::Project",
                "Properties": {
                    "Source": {
                        "Type": "NO_SOURCE",
                        "BuildSpec": "version: 0.2\nphases:\n  build:\n    commands:\n"
                        + "      - npm install && pip install x || (a; b)\n" * 20_000,
                    }
                },
            }
        }
    ),
)
cfn(
    "buildspec one command",
    lambda: template(
        {
            "B": {
                "Type": "AWS::CodeBuild::Project",
                "Properties": {
                    "Source": {
                        "Type": "NO_SOURCE",
                        "BuildSpec": "version: 0.2\nphases:\n  build:\n    commands:\n      - "
                        + "$(npm install " * 60_000,
                    }
                },
            }
        }
    ),
)
cfn(
    "buildspec quotes",
    lambda: template(
        {
            "B": {
                "Type": "AWS::CodeBuild::Project",
                "Properties": {
                    "Source": {
                        "Type": "NO_SOURCE",
                        "BuildSpec": "version: 0.2\nphases:\n  build:\n    commands:\n      - |\n        "
                        + "bash -c \"'" * 80_000,
                    }
                },
            }
        }
    ),
)
cfn(
    "buildspec deep",
    lambda: template(
        {
            "B": {
                "Type": "AWS::CodeBuild::Project",
                "Properties": {"Source": {"Type": "NO_SOURCE", "BuildSpec": "version: " + "[" * 200_000}},
            }
        }
    ),
)
cfn(
    "buildspec anchors",
    lambda: template(
        {
            "B": {
                "Type": "AWS::CodeBuild::Project",
                "Properties": {"Source": {"Type": "NO_SOURCE", "BuildSpec": laughs(False)}},
            }
        }
    ),
)
cfn(
    "state machine 1 MB",
    lambda: template(
        {
            "S": {
                "Type": "AWS::StepFunctions::StateMachine",
                "Properties": {
                    "DefinitionString": json.dumps(
                        {
                            "StartAt": "S0",
                            "States": {
                                f"S{n}": {
                                    "Type": "Task",
                                    "Resource": "arn:aws:states:::lambda:invoke",
                                    "Next": f"S{n + 1}",
                                }
                                for n in range(9_000)
                            },
                        }
                    )
                },
            }
        }
    ),
)
cfn(
    "state machine nested",
    lambda: template(
        {
            "S": {
                "Type": "AWS::StepFunctions::StateMachine",
                "Properties": {
                    "DefinitionString": json.dumps(
                        nested(
                            {"StartAt": "x", "States": {}},
                            40,
                            lambda one: {"StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": [one]}}},
                        )
                    )
                },
            }
        }
    ),
)
cfn(
    "state machine deep text",
    lambda: template(
        {"S": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"DefinitionString": '{"a":' * 150_000}}}
    ),
)
cfn(
    "json in json in json",
    lambda: template(
        {
            "S": {
                "Type": "AWS::StepFunctions::StateMachine",
                "Properties": {"DefinitionString": nested("x", 14, json.dumps)},
            },
            "P": {
                "Type": "AWS::SQS::QueuePolicy",
                "Properties": {"Queues": [], "PolicyDocument": nested({"a": "b"}, 14, json.dumps)},
            },
        }
    ),
)
