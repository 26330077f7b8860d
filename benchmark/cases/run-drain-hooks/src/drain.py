"""Stops the streaming process of an instance, then lets the instance go on."""
import time

import boto3

ssm = boto3.client("ssm")
autoscaling = boto3.client("autoscaling")


def run(instance, command):
    sent = ssm.send_command(
        InstanceIds=[instance],
        DocumentName="AWS-RunShellScript",
        Parameters={"commands": [command]},
    )["Command"]["CommandId"]
    for _ in range(28):
        time.sleep(10)
        state = ssm.get_command_invocation(CommandId=sent, InstanceId=instance)["Status"]
        if state in ("Success", "Failed", "TimedOut", "Cancelled"):
            return state == "Success"
    return False


def complete(detail, ok):
    autoscaling.complete_lifecycle_action(
        LifecycleHookName=detail["LifecycleHookName"],
        AutoScalingGroupName=detail["AutoScalingGroupName"],
        LifecycleActionToken=detail["LifecycleActionToken"],
        LifecycleActionResult="CONTINUE" if ok else "ABANDON",
    )


def live(event, context):
    detail = event["detail"]
    complete(detail, run(detail["EC2InstanceId"], "/opt/stream/drain --live"))


def vod(event, context):
    detail = event["detail"]
    launching = detail["LifecycleTransition"].endswith("LAUNCHING")
    complete(detail, run(detail["EC2InstanceId"], "/opt/stream/warm" if launching else "/opt/stream/drain"))
