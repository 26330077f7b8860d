"""AWS Global Accelerator."""

from awslint_memo.readers.property_maps import TypeMap

TYPE_MAPS = {
    "aws_globalaccelerator_accelerator": TypeMap(
        "AWS::GlobalAccelerator::Accelerator",
        {},
        attributes={"arn": "AcceleratorArn", "dns_name": "DnsName", "id": "Ref"},
    ),
}
