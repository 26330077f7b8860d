"""Amazon Route 53."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_route53_zone": TypeMap(
        "AWS::Route53::HostedZone",
        {"Name": PropertyMap("name"), "VPCs": PropertyMap("vpc")},
        attributes={"id": "Ref", "name": "Name", "zone_id": "Id"},
    ),
    "aws_route53_health_check": TypeMap(
        "AWS::Route53::HealthCheck",
        {
            "HealthCheckConfig": PropertyMap(
                "", within={"AlarmIdentifier": PropertyMap("", within={"Name": PropertyMap("cloudwatch_alarm_name")})}
            )
        },
        attributes={"id": "Ref"},
    ),
    "aws_route53_record": TypeMap(
        "AWS::Route53::RecordSet",
        {
            "AliasTarget": PropertyMap(
                "alias",
                within={
                    "DNSName": PropertyMap("name"),
                    "EvaluateTargetHealth": PropertyMap("evaluate_target_health"),
                    "HostedZoneId": PropertyMap("zone_id"),
                },
            ),
            "CidrRoutingConfig": PropertyMap(
                "cidr_routing_policy",
                within={"CollectionId": PropertyMap("collection_id"), "LocationName": PropertyMap("location_name")},
            ),
            "Failover": PropertyMap("failover_routing_policy.type"),
            "GeoLocation": PropertyMap(
                "geolocation_routing_policy",
                within={
                    "ContinentCode": PropertyMap("continent"),
                    "CountryCode": PropertyMap("country"),
                    "SubdivisionCode": PropertyMap("subdivision"),
                },
            ),
            "GeoProximityLocation": PropertyMap(
                "geoproximity_routing_policy",
                within={"AWSRegion": PropertyMap("aws_region"), "LocalZoneGroup": PropertyMap("local_zone_group")},
            ),
            "HealthCheckId": PropertyMap("health_check_id"),
            "HostedZoneId": PropertyMap("zone_id"),
            "HostedZoneName": PropertyMap(""),
            "MultiValueAnswer": PropertyMap("multivalue_answer_routing_policy"),
            "Name": PropertyMap("name", is_sent_empty=True),
            "Region": PropertyMap("latency_routing_policy.region"),
            "ResourceRecords": PropertyMap("records"),
            "SetIdentifier": PropertyMap("set_identifier"),
            "TTL": PropertyMap("ttl"),
            "Type": PropertyMap("type"),
            "Weight": PropertyMap("weighted_routing_policy.weight"),
        },
        settings={"allow_overwrite": PropertyMap("allow_overwrite")},
    ),
    "aws_route53_traffic_policy": TypeMap(
        "AWS::Route53::TrafficPolicy",
        {"Document": PropertyMap("document")},
        attributes={"arn": "Arn", "id": "Ref"},
    ),
}

SEVERAL = frozenset(("AWS::Route53::RecordSetGroup",))
"""Types that are several resources of another type in Terraform."""
