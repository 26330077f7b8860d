from aws_cdk import (
    App, CfnOutput, Duration, Stack, Tags,
    aws_autoscaling as autoscaling,
    aws_cloudwatch as cloudwatch,
    aws_cloudwatch_actions as actions,
    aws_ec2 as ec2,
    aws_elasticloadbalancingv2 as elb,
    aws_iam as iam,
    aws_sns as sns,
)


class AuctionFleet(Stack):
    def __init__(self, scope, id, **kwargs):
        super().__init__(scope, id, **kwargs)
        vpc = ec2.Vpc.from_vpc_attributes(
            self, "Vpc", vpc_id="vpc-0123456789abcdef0",
            availability_zones=["eu-north-1a", "eu-north-1b"],
            public_subnet_ids=["subnet-0b10000000000001a", "subnet-0b10000000000002b"],
            private_subnet_ids=["subnet-0a10000000000001a", "subnet-0a10000000000002b"],
            private_subnet_route_table_ids=["rtb-0a10000000000001a", "rtb-0a10000000000002b"],
            public_subnet_route_table_ids=["rtb-0b10000000000001a", "rtb-0b10000000000002b"],
        )
        ops = sns.Topic(self, "Ops")
        image = ec2.MachineImage.generic_linux({"eu-north-1": "ami-0aa11bb22cc33dd44"})
        role = iam.Role(
            self, "InstanceRole",
            assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"),
            managed_policies=[iam.ManagedPolicy.from_aws_managed_policy_name("AmazonSSMManagedInstanceCore")],
        )

        edge = elb.ApplicationLoadBalancer(self, "Edge", vpc=vpc, internet_facing=True, deletion_protection=True)
        listener = edge.add_listener(
            "Https", port=443,
            certificates=[elb.ListenerCertificate.from_arn(
                "arn:aws:acm:eu-north-1:111122223333:certificate/99990000-1111-2222-3333-444455556666")],
        )

        def group(name, subnets, data, update, maximum, signals):
            template = ec2.LaunchTemplate(
                self, f"{name}Template",
                instance_type=ec2.InstanceType("m6i.large"), machine_image=image, role=role,
                user_data=data, require_imdsv2=True, detailed_monitoring=True,
                security_group=ec2.SecurityGroup(self, f"{name}Instances", vpc=vpc),
            )
            return autoscaling.AutoScalingGroup(
                self, name, vpc=vpc, vpc_subnets=ec2.SubnetSelection(subnets=subnets),
                launch_template=template, min_capacity=2, max_capacity=maximum,
                health_checks=autoscaling.HealthChecks.with_additional_checks(
                    additional_types=[autoscaling.AdditionalHealthCheckType.ELB],
                    grace_period=Duration.minutes(5)),
                update_policy=update, signals=signals,
                group_metrics=[autoscaling.GroupMetrics.all()],
            )

        bidding_data = ec2.UserData.for_linux()
        bidding_data.add_commands("systemctl enable --now bidding")
        bidding = group(
            "Bidding", [vpc.private_subnets[0]], bidding_data,
            autoscaling.UpdatePolicy.rolling_update(min_instances_in_service=4, max_batch_size=1,
                                                    pause_time=Duration.minutes(8)),
            4, autoscaling.Signals.wait_for_min_capacity(timeout=Duration.minutes(10)),
        )

        search_data = ec2.UserData.for_linux()
        search_data.add_commands(
            "systemctl enable --now search",
            "until curl -fs http://localhost:8080/health; do sleep 5; done",
        )
        search = group(
            "Search", vpc.private_subnets, search_data,
            autoscaling.UpdatePolicy.rolling_update(min_instances_in_service=4, max_batch_size=1,
                                                    pause_time=Duration.minutes(8)),
            10, autoscaling.Signals.wait_for_min_capacity(timeout=Duration.minutes(10)),
        )
        search_data.add_commands(
            f"/opt/aws/bin/cfn-signal -e 0 --stack {self.stack_name} "
            f"--resource {self.get_logical_id(search.node.default_child)} --region {self.region}")

        bidding_targets = listener.add_targets(
            "BiddingTargets", port=8080, protocol=elb.ApplicationProtocol.HTTP, targets=[bidding],
            health_check=elb.HealthCheck(path="/health"), deregistration_delay=Duration.seconds(60))
        listener.add_targets(
            "SearchTargets", port=8080, protocol=elb.ApplicationProtocol.HTTP, targets=[search],
            priority=10, conditions=[elb.ListenerCondition.path_patterns(["/search/*"])],
            health_check=elb.HealthCheck(path="/health"), deregistration_delay=Duration.seconds(60))

        bidding.scale_on_cpu_utilization("Cpu", target_utilization_percent=150)
        search.scale_on_cpu_utilization("Cpu", target_utilization_percent=55)

        unhealthy = bidding_targets.metrics.unhealthy_host_count(
            statistic="Maximum", period=Duration.minutes(1)).create_alarm(
            self, "BiddingUnhealthy", threshold=1, evaluation_periods=3,
            treat_missing_data=cloudwatch.TreatMissingData.BREACHING)
        unhealthy.add_alarm_action(actions.SnsAction(ops))

        for name, metric in (("BiddingFew", bidding), ("SearchFew", search)):
            cloudwatch.CfnAlarm(
                self, name, namespace="AWS/AutoScaling", metric_name="GroupInServiceInstances",
                dimensions=[cloudwatch.CfnAlarm.DimensionProperty(
                    name="AutoScalingGroupName", value=metric.auto_scaling_group_name)],
                statistic="Minimum", period=60, evaluation_periods=5, threshold=2,
                comparison_operator="LessThanThreshold", treat_missing_data="breaching",
                alarm_actions=[ops.topic_arn])
        CfnOutput(self, "EdgeName", value=edge.load_balancer_dns_name)
        Tags.of(self).add("team", "auctions")


app = App(outdir="cdk.out", analytics_reporting=False)
AuctionFleet(app, "AuctionFleet")
app.synth()
