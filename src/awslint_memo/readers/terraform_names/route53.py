"""Amazon Route 53."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_route53_zone": Translation(
        "AWS::Route53::HostedZone",
        {"Name": Word("name")},
        attributes={"id": "Ref", "name": "Name", "zone_id": "Id"},
    ),
    "aws_route53_health_check": Translation(
        "AWS::Route53::HealthCheck",
        {
            "HealthCheckConfig": Word(
                "", within={"AlarmIdentifier": Word("", within={"Name": Word("cloudwatch_alarm_name")})}
            )
        },
        attributes={"id": "Ref"},
    ),
    "aws_route53_record": Translation(
        "AWS::Route53::RecordSet",
        {
            "AliasTarget": Word(
                "alias",
                within={
                    "DNSName": Word("name"),
                    "EvaluateTargetHealth": Word("evaluate_target_health"),
                    "HostedZoneId": Word("zone_id"),
                },
            ),
            "CidrRoutingConfig": Word(
                "cidr_routing_policy",
                within={"CollectionId": Word("collection_id"), "LocationName": Word("location_name")},
            ),
            "Failover": Word("failover_routing_policy.type"),
            "GeoLocation": Word(
                "geolocation_routing_policy",
                within={
                    "ContinentCode": Word("continent"),
                    "CountryCode": Word("country"),
                    "SubdivisionCode": Word("subdivision"),
                },
            ),
            "GeoProximityLocation": Word(
                "geoproximity_routing_policy",
                within={"AWSRegion": Word("aws_region"), "LocalZoneGroup": Word("local_zone_group")},
            ),
            "HealthCheckId": Word("health_check_id"),
            "HostedZoneId": Word("zone_id"),
            "HostedZoneName": Word(""),
            "MultiValueAnswer": Word("multivalue_answer_routing_policy"),
            "Name": Word("name"),
            "Region": Word("latency_routing_policy.region"),
            "ResourceRecords": Word("records"),
            "SetIdentifier": Word("set_identifier"),
            "TTL": Word("ttl"),
            "Type": Word("type"),
            "Weight": Word("weighted_routing_policy.weight"),
        },
        beside={"AllowOverwrite": Word("allow_overwrite")},
    ),
    "aws_route53_traffic_policy": Translation(
        "AWS::Route53::TrafficPolicy",
        {"Document": Word("document")},
        attributes={"arn": "Arn", "id": "Ref"},
    ),
}

SEVERAL = frozenset(("AWS::Route53::RecordSetGroup",))
"""What Terraform writes as several resources of another type."""
