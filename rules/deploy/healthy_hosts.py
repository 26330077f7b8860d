"""A deployment should be able to take an instance out of service, and not all of them.

CodeDeploy updates as many instances at a time as it may without falling below the minimum of healthy ones. Where all
instances have to stay healthy it can update none, and the deployment fails: 90 % of three instances are three. A
minimum of 0 lets it update all of them at the same time, so the application is away, and a defect is everywhere at once.

What to do: set MinimumHealthyHosts.Value below the number of instances and above 0. Groups whose instances are found by
tags, or whose number changes, are not judged.
"""

from awslint_memo import Findings, Resource, releases, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeDeploy::DeploymentConfig",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codedeploy/latest/APIReference/API_MinimumHealthyHosts.html",
)
def check(configuration: Resource) -> Findings:
    minimum = configuration.get("MinimumHealthyHosts.Value")
    unit = "%" if configuration.get("MinimumHealthyHosts.Type").text == "FLEET_PERCENT" else ""
    for group in releases.configured(configuration):
        size = releases.fleet(group)
        if not releases.is_in_place(group):
            continue
        if minimum.number == 0:
            message = "so a deployment updates all instances at the same time"
            related = [(group, "uses it")]
            yield configuration.finding(minimum, message, do="set it above 0", level="warning", related=related)
            return
        if size and (releases.healthy_at_least(configuration, size) or 0) >= size:
            message = f"but {group.title} has {size} instances, so none may be updated and deployments fail"
            yield configuration.finding(minimum, message, unit=unit, do="lower it", related=[(group, "uses it")])
            return


BAD = """
Resources:
  Careful: {Type: AWS::CodeDeploy::DeploymentConfig, Properties: {MinimumHealthyHosts: {Type: FLEET_PERCENT, Value: 90}}}
  Fleet: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "3", MaxSize: "3"}}
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, DeploymentConfigName: !Ref Careful, AutoScalingGroups: [!Ref Fleet]}}
---
Resources:
  Fast: {Type: AWS::CodeDeploy::DeploymentConfig, Properties: {MinimumHealthyHosts: {Type: HOST_COUNT, Value: 0}}}
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, DeploymentConfigName: !Ref Fast}}
  Api: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: api, ServiceRoleArn: r, DeploymentConfigName: !Ref Fast}}
---
resource "aws_codedeploy_deployment_config" "careful" {
  deployment_config_name = "careful"

  minimum_healthy_hosts {
    type  = "HOST_COUNT"
    value = 2
  }
}

resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 2
}

resource "aws_codedeploy_deployment_group" "web" {
  app_name               = "web"
  deployment_group_name  = "web"
  service_role_arn       = "r"
  deployment_config_name = aws_codedeploy_deployment_config.careful.id
  autoscaling_groups     = [aws_autoscaling_group.web.name]
}

resource "aws_codedeploy_deployment_group" "api" {
  app_name               = "api"
  deployment_group_name  = "api"
  service_role_arn       = "r"
  deployment_config_name = aws_codedeploy_deployment_config.careful.id
  autoscaling_groups     = [aws_autoscaling_group.web.name]
}
"""

GOOD = """
Parameters: {Least: {Type: Number}, Type: {Type: String}, Size: {Type: Number}, Names: {Type: CommaDelimitedList}}
Resources:
  Half: {Type: AWS::CodeDeploy::DeploymentConfig, Properties: {MinimumHealthyHosts: {Type: FLEET_PERCENT, Value: 66}}}
  Two: {Type: AWS::CodeDeploy::DeploymentConfig, Properties: {MinimumHealthyHosts: {Type: HOST_COUNT, Value: 2}}}
  Unknown: {Type: AWS::CodeDeploy::DeploymentConfig, Properties: {MinimumHealthyHosts: {Type: HOST_COUNT, Value: !Ref Least}}}
  AnyType: {Type: AWS::CodeDeploy::DeploymentConfig, Properties: {MinimumHealthyHosts: {Type: !Ref Type, Value: 90}}}
  Unused: {Type: AWS::CodeDeploy::DeploymentConfig, Properties: {MinimumHealthyHosts: {Type: HOST_COUNT, Value: 0}}}
  Three: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "3", MaxSize: "3"}}
  Grows: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "3"}}
  AnySize: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: !Ref Size, MaxSize: !Ref Size}}
  Scheduled: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "2"}}
  Nights: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: !Ref Scheduled, MinSize: 4, MaxSize: 4}}
  Processors: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "2", DesiredCapacityType: vcpu}}
  A: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: r, DeploymentConfigName: !Ref Half, AutoScalingGroups: [!Ref Three]}}
  B: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: b, ServiceRoleArn: r, DeploymentConfigName: !Ref Two, AutoScalingGroups: [!Ref Grows]}}
  C: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: c, ServiceRoleArn: r, DeploymentConfigName: !Ref Two, AutoScalingGroups: !Ref Names}}
  D: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: d, ServiceRoleArn: r, DeploymentConfigName: !Ref Two, AutoScalingGroups: [!Ref AnySize]}}
  E: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: e, ServiceRoleArn: r, DeploymentConfigName: !Ref Two, AutoScalingGroups: [!Ref Scheduled]}}
  F: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: f, ServiceRoleArn: r, DeploymentConfigName: !Ref Two, AutoScalingGroups: [!Ref Processors]}}
  G: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: g, ServiceRoleArn: r, DeploymentConfigName: !Ref Two, Ec2TagFilters: [{Key: a, Type: KEY_ONLY}]}}
  H: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: h, ServiceRoleArn: r, DeploymentConfigName: !Ref Unknown, AutoScalingGroups: [!Ref Three]}}
  I: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: i, ServiceRoleArn: r, DeploymentConfigName: !Ref AnyType, AutoScalingGroups: [!Ref Three]}}
  J: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: j, ServiceRoleArn: r, DeploymentConfigName: !Ref Unused, DeploymentStyle: {DeploymentType: BLUE_GREEN}}}
---
resource "aws_codedeploy_deployment_config" "half" {
  deployment_config_name = "half"

  minimum_healthy_hosts {
    type  = "HOST_COUNT"
    value = 2
  }
}

resource "aws_autoscaling_group" "web" {
  name     = "web"
  min_size = 2
  max_size = 2
}

resource "aws_codedeploy_deployment_group" "web" {
  app_name               = "web"
  deployment_group_name  = "web"
  service_role_arn       = "r"
  deployment_config_name = aws_codedeploy_deployment_config.half.id
  autoscaling_groups     = [aws_autoscaling_group.web.name]

  ec2_tag_filter {
    key  = "Name"
    type = "KEY_ONLY"
  }
}
"""
