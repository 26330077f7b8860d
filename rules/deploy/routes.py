"""A deployment to ECS should move the traffic between target groups that are in its way.

CodeDeploy moves the production listener from one target group of the pair to the other. One of the two has to be the target group of
the ECS service, and the listener has to forward to one of them. Production and test listener are of one load balancer. With
anything else each deployment fails.

What to do: name in the pair the target group of the service (LoadBalancers.TargetGroupArn) and a second one, and let the listener
forward to one of them.
"""

from awslint_memo import Findings, Resource, deployment_routes, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeDeploy::DeploymentGroup",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/developerguide/deployment-type-bluegreen.html",
)
def check(group: Resource) -> Findings:
    for astray in deployment_routes.astray(group):
        message = f"{astray.what}, so each deployment fails"
        yield group.finding(astray.value, message, do=astray.do, related=[astray.beside])


BAD = """
Resources:
  Blue: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: blue, Protocol: HTTP, Port: 80}}
  Green: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: green, Protocol: HTTP, Port: 80}}
  Old: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: old, Protocol: HTTP, Port: 80}}
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Old}]}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, ECSServices: [{ClusterName: c, ServiceName: !GetAtt Web.Name}], LoadBalancerInfo: {TargetGroupPairInfoList: [{TargetGroups: [{Name: !GetAtt Blue.TargetGroupName}, {Name: !GetAtt Green.TargetGroupName}]}]}}}
---
Resources:
  Blue: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: blue, Protocol: HTTP, Port: 80}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, ECSServices: [{ClusterName: c, ServiceName: web}], LoadBalancerInfo: {TargetGroupPairInfoList: [{TargetGroups: [{Name: !GetAtt Blue.TargetGroupName}, {Name: !GetAtt Blue.TargetGroupName}]}]}}}
---
Resources:
  One: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}
  Two: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}
  Main: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref One, Port: 443, Protocol: HTTPS, DefaultActions: [{Type: forward, TargetGroupArn: !ImportValue Blue}]}}
  Test: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Two, Port: 8443, Protocol: HTTPS, DefaultActions: [{Type: forward, TargetGroupArn: !ImportValue Blue}]}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, ECSServices: [{ClusterName: c, ServiceName: web}], LoadBalancerInfo: {TargetGroupPairInfoList: [{ProdTrafficRoute: {ListenerArns: [!Ref Main]}, TestTrafficRoute: {ListenerArns: [!Ref Test]}, TargetGroups: [{Name: blue}, {Name: green}]}]}}}
---
resource "aws_lb_target_group" "web" {
  count    = 2
  name     = "web-${count.index}"
  protocol = "HTTP"
  port     = 80
}

resource "aws_lb_target_group" "old" {
  name     = "old"
  protocol = "HTTP"
  port     = 80
}

resource "aws_lb" "main" {
  name = "main"
}

resource "aws_lb_listener" "main" {
  load_balancer_arn = aws_lb.main.arn
  port              = 443

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.old.arn
  }
}

resource "aws_codedeploy_deployment_group" "web" {
  app_name         = "web"
  service_role_arn = "r"

  ecs_service {
    cluster_name = "shop"
    service_name = "web"
  }

  load_balancer_info {
    target_group_pair_info {
      prod_traffic_route {
        listener_arns = [aws_lb_listener.main.arn]
      }
      target_group {
        name = aws_lb_target_group.web[0].name
      }
      target_group {
        name = aws_lb_target_group.web[1].name
      }
    }
  }
}
"""

GOOD = """
Parameters: {Target: {Type: String}}
Resources:
  Blue: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: blue, Protocol: HTTP, Port: 80}}
  Green: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: green, Protocol: HTTP, Port: 80}}
  Old: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: old, Protocol: HTTP, Port: 80}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}
  Main: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 443, Protocol: HTTPS, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Green}]}}
  Test: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 8443, Protocol: HTTPS, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Old}]}}
  # A rule of the listener forwards there.
  Ruled: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 444, Protocol: HTTPS, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Old}]}}
  Rule: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Ruled, Priority: 1, Conditions: [{Field: path-pattern, PathPatternConfig: {Values: [/a]}}], Actions: [{Type: forward, TargetGroupArn: !Ref Blue}]}}
  Given: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 445, Protocol: HTTPS, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Target}]}}
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Blue}]}}
  Any: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web, DeploymentController: {Type: CODE_DEPLOY}, LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Target}]}}
  A: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, ECSServices: [{ClusterName: c, ServiceName: !GetAtt Web.Name}], LoadBalancerInfo: {TargetGroupPairInfoList: [{ProdTrafficRoute: {ListenerArns: [!Ref Main]}, TestTrafficRoute: {ListenerArns: [!Ref Test]}, TargetGroups: [{Name: !GetAtt Blue.TargetGroupName}, {Name: !GetAtt Green.TargetGroupName}]}]}}}
  B: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, ECSServices: [{ClusterName: c, ServiceName: !GetAtt Any.Name}], LoadBalancerInfo: {TargetGroupPairInfoList: [{ProdTrafficRoute: {ListenerArns: [!Ref Ruled]}, TargetGroups: [{Name: !GetAtt Blue.TargetGroupName}, {Name: !GetAtt Green.TargetGroupName}]}]}}}
  C: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, ECSServices: [{ClusterName: c, ServiceName: !GetAtt Any.Name}], LoadBalancerInfo: {TargetGroupPairInfoList: [{ProdTrafficRoute: {ListenerArns: [!Ref Given]}, TargetGroups: [{Name: !GetAtt Blue.TargetGroupName}, {Name: !GetAtt Green.TargetGroupName}]}]}}}
  D: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: web, ServiceRoleArn: r, ECSServices: [{ClusterName: c, ServiceName: !GetAtt Web.Name}], LoadBalancerInfo: {TargetGroupPairInfoList: [{TargetGroups: [{Name: !GetAtt Old.TargetGroupName}, {Name: !Ref Target}]}]}}}
---
resource "aws_codedeploy_deployment_group" "web" {
  app_name         = "web"
  service_role_arn = "r"

  load_balancer_info {
    target_group_pair_info {
      prod_traffic_route {
        listener_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/a/b/c"]
      }
      target_group {
        name = "blue"
      }
      target_group {
        name = "green"
      }
    }
  }
}
"""
