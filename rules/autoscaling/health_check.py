"""An Auto Scaling group behind a load balancer should use the load balancer's health check.

By default only EC2's own checks count. An instance on which the application hangs still passes them: the load balancer
stops sending it requests, but the group does not replace it and goes on with less capacity than it should have.

What to do: set HealthCheckType to ELB (Terraform: health_check_type), or to VPC_LATTICE behind a VPC Lattice target
group, with a HealthCheckGracePeriod that covers the start of the application: it is 0 s by default (Terraform: 300 s), and
an instance that is not ready by then is replaced. Several types are written as one text without spaces: "ELB,EBS".

It is advice for a group that always has the same number of instances, or starts with all that it may have, as the members of a
cluster that keeps data: there a slow instance may better be left to the cluster. The nodes of Kubernetes are not checked: a
node on which nothing answers for the load balancer is no broken one. Nor are container instances of ECS, whose services replace
their tasks (the target group is that of a service too), nor groups that are named after a store or a cluster whose members
keep data (kafka, etcd).
"""

from awslint_memo import Findings, Fix, Resource, autoscaling, load_balancers, rule


@rule(
    level="warning",
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="ルーティング先のサービスまで含めて可能な限りダウンタイムを短くする",
    aws="autoscaling/ec2/userguide/health-checks-overview.html",
    fix="unsafe",
)
def check(group: Resource) -> Findings:
    kind = group.get("HealthCheckType", default="EC2")
    checks = [word.strip().upper() for word in (kind.text or "").split(",") if word.strip()]
    missing = {front.check: front for front in autoscaling.fronts(group) if front.check not in checks}
    if kind.text is None or not missing or autoscaling.is_of_kubernetes(group):
        return
    if autoscaling.is_stateful(group) or autoscaling.is_of_ecs(group):
        return
    # EC2's checks always apply, so this type need not be repeated.
    complete = ",".join([*(name for name in checks if name != "EC2"), *missing])
    grace = group.get("HealthCheckGracePeriod", default=0)
    start_is_unknown = grace.number == 0
    least, most = group.get("MinSize"), group.get("MaxSize")
    is_fixed = least.number is not None and least.number == most.number
    is_full = group.get("DesiredCapacity").is_same_as(most) is True
    start = ", and HealthCheckGracePeriod to the seconds that the application takes to start"
    yield group.finding(
        kind,
        f"so an instance that {' or '.join(map(named, missing.values()))} reports as unhealthy is not replaced",
        do=f"set it to {complete}{start if start_is_unknown else ''}",
        level="advice" if is_fixed or is_full else None,
        related=[(front.place, "what sends it requests") for front in missing.values()],
        fix=fix(group, complete, start_is_unknown=start_is_unknown),
    )


def fix(group: Resource, complete: str, *, start_is_unknown: bool) -> Fix:
    """The checks of all that is before the group, if it is known when instances are ready, and it starts any."""
    if start_is_unknown:
        return Fix.lacks(START)
    if group.get("MinSize").number == 0 and group.get("DesiredCapacity", default=0).number == 0:
        return Fix.lacks("the group starts no instance by itself, so nothing says that one would pass the check")
    bare = load_balancers.bare_check(group)
    # Of a port that an application opens only once it is set up, or never, nobody knows here.
    return group.set("HealthCheckType", complete, unsafe=f"{REPLACES}, if nothing answers {bare}" if bare else REPLACES)


START = "it replaces instances that still start without a HealthCheckGracePeriod, which only a person knows"
REPLACES = "replaces instances that the load balancer reports as unhealthy"


def named(front: autoscaling.Front) -> str:
    """What stands before the group, with the name of the resource where there is one."""
    kind = "a load balancer" if front.check == "ELB" else "VPC Lattice"
    return f"{kind} ({front.name})" if front.name else kind


BAD = """
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, TargetGroupARNs: [!Ref Targets]}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
---
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, HealthCheckType: "ELB,EBS", TrafficSources: [{Identifier: !ImportValue Service, Type: vpc-lattice}]}
---
resource "aws_autoscaling_group" "web" {
  min_size          = 2
  max_size          = 4
  health_check_type = "EC2"
}

resource "aws_autoscaling_attachment" "web" {
  autoscaling_group_name = aws_autoscaling_group.web.name
  elb                    = "web"
}
"""

GOOD = """
resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-1"
}

resource "aws_autoscaling_group" "hosts" {
  min_size          = 2
  max_size          = 6
  target_group_arns = [aws_lb_target_group.web.arn]
  health_check_type = "EC2"
}

resource "aws_ecs_service" "web" {
  name    = "web"
  cluster = "main"

  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 8080
  }
}
---
Resources:
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Port: 80, Protocol: HTTP, VpcId: vpc-1}}
  Hosts: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "6", TargetGroupARNs: [!Ref Targets], HealthCheckType: EC2}}
  Web: {Type: AWS::ECS::Service, Properties: {Cluster: main, LoadBalancers: [{TargetGroupArn: !Ref Targets, ContainerName: web, ContainerPort: 8080}]}}
---
Parameters:
  Check: {Type: String}
  Maybe: {Type: CommaDelimitedList}
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, HealthCheckType: "EBS,ELB", LoadBalancerNames: [web]}
  Alone:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, TargetGroupARNs: !Ref Maybe}
  Nodes:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, LoadBalancerNames: [web], Tags: [{Key: kubernetes.io/cluster/shop, Value: owned, PropagateAtLaunch: true}]}
  EcsInstances:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, LoadBalancerNames: [web]}
  KafkaBrokers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, LoadBalancerNames: [web]}
  Containers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, LoadBalancerNames: [web], LaunchConfigurationName: !Ref Launch}
  Launch:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties: {UserData: {"Fn::Base64": "echo ECS_CLUSTER=shop >> /etc/ecs/config"}}
  Tasks:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, LoadBalancerNames: [web], LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: "1"}}
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {IamInstanceProfile: {Arn: !GetAtt Profile.Arn}}}
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"]}}
  Unknown:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, HealthCheckType: !Ref Check, LoadBalancerNames: [web]}
---
resource "aws_autoscaling_group" "web" {
  min_size          = 2
  max_size          = 4
  health_check_type = "ELB"
  load_balancers    = ["web"]
}
---
resource "aws_autoscaling_group" "containers" {
  min_size       = 2
  max_size       = 4
  load_balancers = ["web"]

  launch_template {
    id = aws_launch_template.containers.id
  }
}

resource "aws_launch_template" "containers" {
  user_data = base64encode("echo ECS_CLUSTER=shop >> /etc/ecs/ecs.config")

  iam_instance_profile {
    name = "containers"
  }
}
---
Resources:
  Hosts:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, HealthCheckType: EC2, LoadBalancerNames: [!Ref Balancer], LaunchConfigurationName: !Ref Launched}
  Balancer: {Type: AWS::ElasticLoadBalancing::LoadBalancer, Properties: {Listeners: [{InstancePort: "80", LoadBalancerPort: "80", Protocol: HTTP}]}}
  Cluster: {Type: AWS::ECS::Cluster}
  Launched:
    Type: AWS::AutoScaling::LaunchConfiguration
    Metadata:
      AWS::CloudFormation::Init:
        config: {commands: {register: {command: !Sub "echo ECS_CLUSTER=${Cluster} >> /etc/ecs/ecs.config"}}}
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: t3.large
      UserData: !Base64 {"Fn::Sub": "/opt/aws/bin/cfn-init --stack ${AWS::StackName} --resource Launched"}
  Other:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, HealthCheckType: EC2, LoadBalancerNames: [!Ref Balancer], LaunchConfigurationName: !Ref OfOther}
  OfOther:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: t3.large
      UserData: !Base64 {"Fn::Sub": "echo ECS_CLUSTER=${Cluster} >> /etc/ecs/ecs.config"}
"""

FIXED = """
-  health_check_type = "EC2"
+  health_check_type = "ELB"
"""
