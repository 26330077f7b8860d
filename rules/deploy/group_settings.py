"""A deployment group should have what its platform needs, and no settings that exclude each other.

CodeDeploy deploys to ECS and Lambda only as BLUE_GREEN with traffic control. A group for ECS has a service with the controller
CODE_DEPLOY, and a pair of target groups between which the traffic moves. On instances, traffic control needs a load balancer,
and a load balancer traffic control; there are Ec2TagFilters or Ec2TagSet. AlarmConfiguration and AutoRollbackConfiguration need
alarms and events where they are enabled. A group with anything else is refused, or its deployments fail.

What to do: change what the message names.
"""

from awslint_memo import Findings, Resource, ecs, releases, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeDeploy::DeploymentGroup",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codedeploy/latest/APIReference/API_CreateDeploymentGroup.html",
)
def check(group: Resource) -> Findings:
    platform = releases.platform(group)
    style = group.get("DeploymentStyle")
    wrong = [name for name, only in releases.TRAFFIC_STYLE.items() if style.get(name).text not in (None, only)]
    for name in wrong[:1] if platform in ("ECS", "Lambda") else ():
        message = f"but a group for {platform} takes {releases.TRAFFIC_STYLE[name]} only, so it is refused"
        yield group.finding(style.get(name), message, do=f"set it to {releases.TRAFFIC_STYLE[name]}")
    balancers, option = group.get("LoadBalancerInfo"), style.get("DeploymentOption")
    if platform == "Server" and option.text == "WITH_TRAFFIC_CONTROL" and balancers.is_absent:
        message = "but the group has no LoadBalancerInfo, so it is refused"
        yield group.finding(option, message, do="name the load balancer in LoadBalancerInfo")
    if platform == "ECS":
        yield from of_ecs(group)
    elif platform != "Lambda" and option.text == "WITHOUT_TRAFFIC_CONTROL" and balancers.fields:
        message = "so CodeDeploy takes no instance out of the load balancer while it deploys to it"
        do = "set it to WITH_TRAFFIC_CONTROL, or remove LoadBalancerInfo"
        yield group.finding(option, message, do=do, level="advice", related=[(balancers, "the load balancer")])
    for on, of, what in (
        ("AlarmConfiguration.Enabled", "AlarmConfiguration.Alarms", "alarm"),
        ("AutoRollbackConfiguration.Enabled", "AutoRollbackConfiguration.Events", "event"),
    ):
        value = group.get(of)
        if group.get(on).flag is True and value.is_known and not value.items:
            message = f"has no {what}, but {on} is true, so the group is refused"
            yield group.finding(value, message, of=of, do=f"name one, or set {on} to false")
    filters = group.get("Ec2TagFilters")
    if filters.surely(bool) and group.get("Ec2TagSet.Ec2TagSetList").surely(bool):
        message = f"is written beside {group.in_file_words('Ec2TagSet')}, and CodeDeploy takes one of the two"
        yield group.finding(filters, message, of="Ec2TagFilters", do="remove one")


def of_ecs(group: Resource) -> Findings:
    services, pairs = group.get("ECSServices"), group.get("LoadBalancerInfo.TargetGroupPairInfoList")
    if services.is_absent and pairs.is_absent:
        # Of a group that has a configuration for another platform besides, deploy-platform tells.
        if releases.configured_for(group) in (None, "ECS"):
            message = "but a group for ECS needs it and LoadBalancerInfo.TargetGroupPairInfoList"
            yield group.finding(services, message, do="add both")
    elif services.is_absent or pairs.is_absent:
        yield group.finding(services if services.is_absent else pairs, "but a group for ECS needs it", do="add it")
    for targets in (pair.get("TargetGroups") for pair in pairs.items):
        if len(targets.items) == 1 and targets.items[0].fields:
            message = "has one target group, but CodeDeploy moves the traffic between two"
            yield group.finding(targets, message, of="TargetGroups", do="name a second one")
    for named in (service.get("ServiceName") for service in services.items):
        service = group.deployment.find(named, ecs.SERVICE)
        controller = (
            None if service is None else service.get("DeploymentController.Type", default=ecs.DEFAULT_CONTROLLER)
        )
        if service is not None and controller is not None and controller.is_one_of("ECS", "EXTERNAL"):
            kind = f"the controller {controller.text}{controller.note}"
            message = f"is {service.title}, which has {kind}, so the group is refused"
            do = f"set DeploymentController.Type of {service.title} to CODE_DEPLOY"
            yield group.finding(named, message, of="ServiceName", do=do, related=[(controller, "deploys it")])


BAD = """
Resources:
  Tasks: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: ECS}}
  Web:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: !Ref Tasks
      ServiceRoleArn: !ImportValue Role
      DeploymentStyle: {DeploymentType: IN_PLACE, DeploymentOption: WITH_TRAFFIC_CONTROL}
      ECSServices: [{ClusterName: shop, ServiceName: web}]
      LoadBalancerInfo: {TargetGroupPairInfoList: [{TargetGroups: [{Name: blue}, {Name: green}]}]}
---
Resources:
  Functions: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: Lambda}}
  Orders: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Functions, ServiceRoleArn: !ImportValue Role, DeploymentStyle: {DeploymentType: BLUE_GREEN, DeploymentOption: WITHOUT_TRAFFIC_CONTROL}}}
---
Resources:
  Tasks: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: ECS}}
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Tasks, ServiceRoleArn: !ImportValue Role, ECSServices: [{ClusterName: shop, ServiceName: web}]}}
---
Resources:
  Tasks: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: ECS}}
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Tasks, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: CodeDeployDefault.ECSAllAtOnce}}
---
Resources:
  Tasks: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: ECS}}
  Web:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: !Ref Tasks
      ServiceRoleArn: !ImportValue Role
      LoadBalancerInfo: {TargetGroupPairInfoList: [{TargetGroups: [{Name: blue}, {Name: green}]}]}
---
Resources:
  Tasks: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: ECS}}
  Web:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: !Ref Tasks
      ServiceRoleArn: !ImportValue Role
      ECSServices: [{ClusterName: shop, ServiceName: !GetAtt Service.Name}]
      LoadBalancerInfo: {TargetGroupPairInfoList: [{TargetGroups: [{Name: blue}, {Name: green}]}]}
  Service: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web}}
---
Resources:
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: !ImportValue Role, AlarmConfiguration: {Enabled: true, Alarms: []}}}
---
Resources:
  Web: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: !ImportValue Role, AutoRollbackConfiguration: {Enabled: true, Events: []}}}
---
resource "aws_codedeploy_app" "web" {
  name = "web"
}

resource "aws_codedeploy_deployment_group" "web" {
  app_name              = aws_codedeploy_app.web.name
  deployment_group_name = "web"
  service_role_arn      = "r"

  deployment_style {
    deployment_option = "WITH_TRAFFIC_CONTROL"
    deployment_type   = "IN_PLACE"
  }
}
---
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"
  autoscaling_groups    = ["web"]

  deployment_style {
    deployment_option = "WITHOUT_TRAFFIC_CONTROL"
    deployment_type   = "IN_PLACE"
  }

  load_balancer_info {
    target_group_info {
      name = "web"
    }
  }
}
---
resource "aws_codedeploy_app" "web" {
  name             = "web"
  compute_platform = "ECS"
}

resource "aws_codedeploy_deployment_group" "web" {
  app_name              = aws_codedeploy_app.web.name
  deployment_group_name = "web"
  service_role_arn      = "r"

  ecs_service {
    cluster_name = "shop"
    service_name = "web"
  }

  load_balancer_info {
    target_group_pair_info {
      target_group {
        name = "blue"
      }
    }
  }
}
---
resource "aws_codedeploy_deployment_group" "web" {
  app_name              = "web"
  deployment_group_name = "web"
  service_role_arn      = "r"

  ec2_tag_filter {
    key   = "Name"
    type  = "KEY_AND_VALUE"
    value = "web"
  }

  ec2_tag_set {
    ec2_tag_filter {
      key   = "Name"
      type  = "KEY_AND_VALUE"
      value = "web"
    }
  }
}
"""

GOOD = """
resource "aws_codedeploy_deployment_group" "tagged" {
  app_name              = "web"
  deployment_group_name = "tagged"
  service_role_arn      = "arn:aws:iam::111122223333:role/deploy"

  ec2_tag_filter {
    key   = "Role"
    type  = "KEY_AND_VALUE"
    value = "web"
  }
}
---
Parameters: {Style: {Type: String}, Targets: {Type: String}, Alarms: {Type: CommaDelimitedList}, Controller: {Type: String}}
Resources:
  Tasks: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: ECS}}
  Web:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: !Ref Tasks
      ServiceRoleArn: !ImportValue Role
      DeploymentStyle: {DeploymentType: BLUE_GREEN, DeploymentOption: WITH_TRAFFIC_CONTROL}
      ECSServices: [{ClusterName: shop, ServiceName: !GetAtt Service.Name}, {ClusterName: shop, ServiceName: !GetAtt Any.Name}]
      LoadBalancerInfo: {TargetGroupPairInfoList: [{TargetGroups: [{Name: blue}, {Name: green}]}, {TargetGroups: [!Ref Targets]}]}
      AlarmConfiguration: {Enabled: true, Alarms: !Ref Alarms}
      AutoRollbackConfiguration: {Enabled: false, Events: []}
  Watched: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Servers, ServiceRoleArn: !ImportValue Role, AlarmConfiguration: {Enabled: true, Alarms: [{Name: errors}]}, AutoRollbackConfiguration: {Enabled: true}}}
  Unknown:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: !Ref Tasks
      ServiceRoleArn: !ImportValue Role
      DeploymentStyle: {DeploymentType: !Ref Style}
      ECSServices: [{ClusterName: shop, ServiceName: elsewhere}]
      LoadBalancerInfo: {TargetGroupPairInfoList: [{TargetGroups: [{Name: blue}, {Name: green}]}]}
  Service: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}}}
  Any: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: !Ref Controller}}}
  OfAnother: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Tasks, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: CodeDeployDefault.OneAtATime}}
  Servers: {Type: AWS::CodeDeploy::Application}
  OnServers: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Servers, ServiceRoleArn: !ImportValue Role, DeploymentStyle: {DeploymentType: IN_PLACE, DeploymentOption: WITH_TRAFFIC_CONTROL}, LoadBalancerInfo: {TargetGroupInfoList: [{Name: web}]}, Ec2TagFilters: [{Key: Name, Type: KEY_ONLY}]}}
  Plain: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: !ImportValue Role, DeploymentStyle: {DeploymentType: IN_PLACE, DeploymentOption: WITHOUT_TRAFFIC_CONTROL}}}
  Elsewhere: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: !ImportValue Role, DeploymentStyle: {DeploymentType: IN_PLACE, DeploymentOption: WITH_TRAFFIC_CONTROL}, Ec2TagSet: {Ec2TagSetList: [{Ec2TagGroup: [{Key: Name, Type: KEY_ONLY}]}]}}}
---
resource "aws_codedeploy_app" "orders" {
  name             = "orders"
  compute_platform = "Lambda"
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name              = aws_codedeploy_app.orders.name
  deployment_group_name = "orders"
  service_role_arn      = "r"

  deployment_style {
    deployment_option = "WITH_TRAFFIC_CONTROL"
    deployment_type   = "BLUE_GREEN"
  }
}
---
# Of no alarm SAM writes nothing.
Transform: AWS::Serverless-2016-10-31
Parameters: {Alarmed: {Type: String, AllowedValues: ["yes", "no"]}}
Conditions: {IsAlarmed: !Equals [!Ref Alarmed, "yes"]}
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: ., AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes, Alarms: !If [IsAlarmed, [errors], []]}}
"""
