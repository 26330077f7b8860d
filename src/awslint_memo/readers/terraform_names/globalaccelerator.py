"""AWS Global Accelerator."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_globalaccelerator_accelerator": TypeMap(
        "AWS::GlobalAccelerator::Accelerator",
        {},
        attributes={"arn": "AcceleratorArn", "dns_name": "DnsName", "id": "Ref"},
    ),
    "aws_globalaccelerator_endpoint_group": TypeMap(
        "AWS::GlobalAccelerator::EndpointGroup",
        {
            "EndpointConfigurations": PropertyMap(
                "endpoint_configuration",
                many=True,
                within={"EndpointId": PropertyMap("endpoint_id"), "Weight": PropertyMap("weight")},
            ),
            "EndpointGroupRegion": PropertyMap("endpoint_group_region"),
            "TrafficDialPercentage": PropertyMap("traffic_dial_percentage"),
        },
        attributes={"arn": "EndpointGroupArn", "id": "Ref"},
    ),
}
