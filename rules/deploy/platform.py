"""A deployment group should name a deployment configuration of its application's platform.

A configuration is for one platform: CodeDeployDefault.Lambda… for functions, CodeDeployDefault.ECS… for ECS, the other ones
of AWS for instances, and one of your own for that of its ComputePlatform. A group that names one of another platform is
refused. So is one with ECSServices whose application is not for ECS. Behind a Network Load Balancer, groups for ECS may not
move the traffic in steps: CodeDeployDefault.ECSAllAtOnce alone is supported there.

What to do: name a configuration of the platform that ComputePlatform of the application says (Server where it is absent).
"""

from awslint_memo import Findings, Resource, releases, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeDeploy::DeploymentGroup",
    memo="これは一気に新しいバージョンに切り替えることによる思わぬトラブルを避けるためです",
    aws="codedeploy/latest/userguide/deployment-configurations.html",
)
def check(group: Resource) -> Findings:
    if releases.is_stepped(group) and releases.is_behind_network_balancer(group):
        name, own = group.get("DeploymentConfigName"), releases.own_configuration(group)
        shown = own.title if own else f"{name.text}{name.note}"
        message = f"is {shown}, which moves the traffic in steps, but CodeDeploy does not support that behind a Network Load Balancer"
        yield group.finding(name, message, of="DeploymentConfigName", do="set it to CodeDeployDefault.ECSAllAtOnce")
    application = group.follow("ApplicationName", releases.APPLICATION)
    if application is None:
        return
    platform = application.get("ComputePlatform", default="Server")
    stepped = releases.STEPPED.get(platform.text or "")
    if stepped is None:
        return
    but = f"but {application.title} is for {platform.text}{platform.note}, so the group is refused"
    related = [(application, "its application")]
    name, named, own = (
        group.get("DeploymentConfigName"),
        releases.configured_for(group),
        releases.own_configuration(group),
    )
    if named not in (None, platform.text):
        message = f"is {own.title if own else name.text}{name.note}, which is for {named}, {but}"
        do = f"set it to {stepped}, for example"
        yield group.finding(name, message, of="DeploymentConfigName", do=do, related=related)
    services = group.get("ECSServices")
    if services.items and platform.text != "ECS":
        do = f"set ComputePlatform of {application.title} to ECS"
        yield group.finding(services, f"are given, {but}", of="ECSServices", do=do, related=related)


BAD = """
Resources:
  Orders: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: Lambda}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: CodeDeployDefault.ECSLinear10PercentEvery1Minutes}}
---
Resources:
  Orders: {Type: AWS::CodeDeploy::Application}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes}}
---
Resources:
  Orders: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: ECS}}
  Slow: {Type: AWS::CodeDeploy::DeploymentConfig, Properties: {ComputePlatform: Lambda, TrafficRoutingConfig: {Type: TimeBasedCanary, TimeBasedCanary: {CanaryPercentage: 5, CanaryInterval: 10}}}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: !Ref Slow}}
---
Resources:
  Orders: {Type: AWS::CodeDeploy::Application}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !ImportValue Role, ECSServices: [{ClusterName: shop, ServiceName: orders}]}}
---
resource "aws_codedeploy_app" "orders" {
  name             = "orders"
  compute_platform = "ECS"
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = aws_codedeploy_app.orders.name
  deployment_config_name = "CodeDeployDefault.OneAtATime"
}
---
Resources:
  Blue: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: blue, Protocol: TCP, Port: 8883}}
  Slow: {Type: AWS::CodeDeploy::DeploymentConfig, Properties: {ComputePlatform: ECS, TrafficRoutingConfig: {Type: TimeBasedCanary, TimeBasedCanary: {CanaryPercentage: 5, CanaryInterval: 10}}}}
  Group:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: orders
      ServiceRoleArn: !ImportValue Role
      DeploymentConfigName: !Ref Slow
      ECSServices: [{ClusterName: shop, ServiceName: orders}]
      LoadBalancerInfo: {TargetGroupPairInfoList: [{TargetGroups: [{Name: !GetAtt Blue.TargetGroupName}, {Name: green}]}]}
---
resource "aws_lb_target_group" "orders" {
  count    = 2
  name     = "orders-${count.index}"
  protocol = "TCP"
  port     = 8883
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = "orders"
  deployment_config_name = "CodeDeployDefault.ECSLinear10PercentEvery1Minutes"

  load_balancer_info {
    target_group_pair_info {
      target_group {
        name = aws_lb_target_group.orders[0].name
      }
      target_group {
        name = aws_lb_target_group.orders[1].name
      }
    }
  }
}
"""

GOOD = """
Parameters: {Platform: {Type: String}, Config: {Type: String}}
Resources:
  Orders: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: Lambda}}
  Servers: {Type: AWS::CodeDeploy::Application}
  Any: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: !Ref Platform}}
  Lambda: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes}}
  Half: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Servers, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: CodeDeployDefault.HalfAtATime}}
  Own: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: ECSLike}}
  Slow: {Type: AWS::CodeDeploy::DeploymentConfig, Properties: {ComputePlatform: !Ref Platform, TrafficRoutingConfig: {Type: AllAtOnce}}}
  AnySlow: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: !Ref Slow}}
  Containers: {Type: AWS::CodeDeploy::Application, Properties: {ComputePlatform: ECS}}
  Tasks: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Containers, ServiceRoleArn: !ImportValue Role, ECSServices: [{ClusterName: shop, ServiceName: orders}]}}
  Elsewhere: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: orders, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: CodeDeployDefault.ECSAllAtOnce}}
  Unknown: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Any, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: CodeDeployDefault.ECSAllAtOnce}}
  Given: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: !Ref Orders, ServiceRoleArn: !ImportValue Role, DeploymentConfigName: !Ref Config}}
---
resource "aws_codedeploy_app" "orders" {
  name             = "orders"
  compute_platform = "ECS"
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = aws_codedeploy_app.orders.name
  deployment_config_name = "CodeDeployDefault.ECSCanary10Percent5Minutes"
}
---
Parameters: {Protocol: {Type: String}}
Resources:
  Streams: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: streams, Protocol: TCP, Port: 8883}}
  Pages: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: pages, Protocol: HTTP, Port: 80}}
  Any: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: any, Protocol: !Ref Protocol, Port: 80}}
  Once: {Type: AWS::CodeDeploy::DeploymentConfig, Properties: {ComputePlatform: ECS, TrafficRoutingConfig: {Type: AllAtOnce}}}
  OfStreams: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: r, DeploymentConfigName: CodeDeployDefault.ECSAllAtOnce, ECSServices: [{ClusterName: c, ServiceName: a}], LoadBalancerInfo: {TargetGroupPairInfoList: [{TargetGroups: [{Name: streams}, {Name: other}]}]}}}
  AtOnce: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: r, DeploymentConfigName: !Ref Once, ECSServices: [{ClusterName: c, ServiceName: a}], LoadBalancerInfo: {TargetGroupPairInfoList: [{TargetGroups: [{Name: streams}, {Name: other}]}]}}}
  OfPages: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: b, ServiceRoleArn: r, DeploymentConfigName: CodeDeployDefault.ECSCanary10Percent5Minutes, ECSServices: [{ClusterName: c, ServiceName: b}], LoadBalancerInfo: {TargetGroupPairInfoList: [{TargetGroups: [{Name: pages}, {Name: other}]}]}}}
  OfAny: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: b, ServiceRoleArn: r, DeploymentConfigName: CodeDeployDefault.ECSCanary10Percent5Minutes, ECSServices: [{ClusterName: c, ServiceName: b}], LoadBalancerInfo: {TargetGroupPairInfoList: [{TargetGroups: [{Name: any}, {Name: other}]}]}}}
"""
