from aws_cdk import (
    App, CfnOutput, Duration, RemovalPolicy, Stack, Tags,
    aws_ec2 as ec2,
    aws_ecs as ecs,
    aws_elasticloadbalancingv2 as elb,
    aws_iam as iam,
    aws_logs as logs,
)


class SupportDesk(Stack):
    def __init__(self, scope, id, **kwargs):
        super().__init__(scope, id, **kwargs)
        vpc = ec2.Vpc.from_vpc_attributes(
            self, "Vpc", vpc_id="vpc-0fedcba9876543210",
            availability_zones=["ca-central-1a", "ca-central-1b"],
            public_subnet_ids=["subnet-0b20000000000001a", "subnet-0b20000000000002b"],
            private_subnet_ids=["subnet-0a20000000000001a", "subnet-0a20000000000002b"],
            private_subnet_route_table_ids=["rtb-0a20000000000001a", "rtb-0a20000000000002b"],
            public_subnet_route_table_ids=["rtb-0b20000000000001a", "rtb-0b20000000000002b"],
        )
        cluster = ecs.Cluster(self, "Cluster", vpc=vpc, container_insights_v2=ecs.ContainerInsights.ENABLED)
        group = logs.LogGroup(self, "Logs", retention=logs.RetentionDays.THREE_MONTHS,
                              removal_policy=RemovalPolicy.RETAIN)
        registry = "111122223333.dkr.ecr.ca-central-1.amazonaws.com"
        edge = elb.ApplicationLoadBalancer(self, "Edge", vpc=vpc, internet_facing=True, deletion_protection=True)
        listener = edge.add_listener(
            "Https", port=443,
            certificates=[elb.ListenerCertificate.from_arn(
                "arn:aws:acm:ca-central-1:111122223333:certificate/12121212-3434-5656-7878-909090909090")],
            default_action=elb.ListenerAction.fixed_response(404),
        )

        def task(name, agent_check, size, command):
            definition = ecs.FargateTaskDefinition(self, f"{name}Task", cpu=size[0], memory_limit_mib=size[1])
            definition.obtain_execution_role().add_managed_policy(
                iam.ManagedPolicy.from_aws_managed_policy_name(
                    "service-role/AmazonECSTaskExecutionRolePolicy"))
            app = definition.add_container(
                name.lower(), image=ecs.ContainerImage.from_registry(f"{registry}/{name.lower()}:5.2.0"),
                logging=ecs.LogDrivers.aws_logs(stream_prefix=name.lower(), log_group=group),
                port_mappings=[ecs.PortMapping(container_port=8080)],
                health_check=ecs.HealthCheck(command=command, interval=Duration.seconds(10),
                                             start_period=Duration.seconds(60)),
            )
            agent = definition.add_container(
                "session-agent", image=ecs.ContainerImage.from_registry(f"{registry}/session-agent:1.7.2"),
                logging=ecs.LogDrivers.aws_logs(stream_prefix="agent", log_group=group),
                health_check=agent_check,
            )
            app.add_container_dependencies(ecs.ContainerDependency(
                container=agent, condition=ecs.ContainerDependencyCondition.HEALTHY))
            return definition

        agent_check = ecs.HealthCheck(command=["CMD", "/agent", "ping"], interval=Duration.seconds(10))
        curl = ["CMD-SHELL", "curl -fs localhost:8080/health || exit 1"]

        chat = ecs.FargateService(
            self, "Chat", cluster=cluster, task_definition=task("Chat", None, (1024, 2048), curl),
            desired_count=3, min_healthy_percent=100, max_healthy_percent=200,
            health_check_grace_period=Duration.seconds(90),
        )
        ticket = ecs.FargateService(
            self, "Ticket", cluster=cluster, task_definition=task("Ticket", agent_check, (1024, 2048), curl),
            desired_count=3, min_healthy_percent=100, max_healthy_percent=200,
            circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),
            health_check_grace_period=Duration.seconds(90),
        )
        search = ecs.FargateService(
            self, "Search", cluster=cluster, task_definition=task("Search", agent_check, (2048, 4096), curl),
            desired_count=2, min_healthy_percent=60, max_healthy_percent=100,
            circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),
            health_check_grace_period=Duration.seconds(90),
        )
        mail = ecs.FargateService(
            self, "Mail", cluster=cluster, task_definition=task("Mail", agent_check, (2048, 4096), curl),
            desired_count=3, min_healthy_percent=60, max_healthy_percent=100,
            circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=False),
        )

        for index, (name, service) in enumerate((("chat", chat), ("ticket", ticket), ("search", search))):
            listener.add_targets(
                f"{name}-targets", port=8080, protocol=elb.ApplicationProtocol.HTTP, targets=[service],
                priority=10 + index, conditions=[elb.ListenerCondition.path_patterns([f"/{name}/*"])],
                health_check=elb.HealthCheck(path="/health", interval=Duration.seconds(15),
                                             timeout=Duration.seconds(5)),
                deregistration_delay=Duration.seconds(60))
            service.connections.allow_from(edge, ec2.Port.tcp(8080))

        for service, low in ((chat, 3), (ticket, 3), (search, 2), (mail, 3)):
            target = service.auto_scale_task_count(min_capacity=low, max_capacity=12)
            target.scale_on_cpu_utilization("Cpu", target_utilization_percent=60)
        CfnOutput(self, "EdgeName", value=edge.load_balancer_dns_name)
        Tags.of(self).add("team", "support")


app = App(outdir="cdk.out", analytics_reporting=False)
SupportDesk(app, "SupportDesk")
app.synth()
