"""A launch template with network interfaces should name security groups and subnets in these.

Security groups, a subnet and addresses that stand beside NetworkInterfaces would be those of an interface that EC2 makes itself. It
refuses both in one request: an Auto Scaling group does not take such a launch template, and an instance is not launched.

What to do: write the groups into Groups of the interface (Terraform: security_groups of network_interfaces), and the subnet into its
SubnetId; or remove NetworkInterfaces, and let the subnet decide about public addresses.
"""

from awslint_memo import Findings, Resource, Value, networks, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::EC2::LaunchTemplate",
    memo="インスタンスが追加される前に、事前に起動しておくプールのことを指します",
    aws="autoscaling/ec2/userguide/create-launch-template.html",
)
def check(template: Resource) -> Findings:
    yield from beside(template, "LaunchTemplateData.", ("SecurityGroupIds", "SecurityGroups"))


@check.on("AWS::EC2::Instance")
def instance(machine: Resource) -> Findings:
    yield from beside(machine, "", networks.OF_INTERFACES)


def beside(holder: Resource, prefix: str, names: tuple[str, ...]) -> Findings:
    interfaces = holder.get(f"{prefix}NetworkInterfaces")
    if not any(item.fields for item in interfaces.items):
        return
    for name in names:
        value = holder.get(prefix + name)
        if is_given(value):
            message = f"is written beside {prefix}NetworkInterfaces, so EC2 refuses each launch"
            do = f"move it into the interface, or remove {prefix}NetworkInterfaces"
            related = [(interfaces, "the interfaces")]
            yield holder.finding(value, message, of=prefix + name, do=do, related=related)
            return


def is_given(value: Value) -> bool:
    """Whether a value surely is there and not empty: a list of groups, a subnet or an address."""
    return any(item.text or [*item.mentions()] for item in value.items)


BAD = """
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: proxy, VpcId: vpc-1}}
  Proxy: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {NetworkInterfaces: [{DeviceIndex: 0, AssociatePublicIpAddress: true}], SecurityGroupIds: [!Ref Group]}}}
---
Resources:
  Proxy: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {NetworkInterfaces: [{DeviceIndex: 0, Groups: [sg-1]}], SecurityGroups: [proxy]}}}
---
Resources:
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24}}
  Bastion: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref Subnet, NetworkInterfaces: [{DeviceIndex: "0", AssociatePublicIpAddress: true, GroupSet: [sg-1]}]}}
---
Resources:
  Relay: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, PrivateIpAddress: 10.0.0.10, NetworkInterfaces: [{DeviceIndex: "0", NetworkInterfaceId: eni-1}]}}
---
resource "aws_launch_template" "gateway" {
  vpc_security_group_ids = ["sg-0123456789abcdef0"]

  network_interfaces {
    device_index                = 0
    associate_public_ip_address = false
  }
}
"""

GOOD = """
Parameters: {Groups: {Type: CommaDelimitedList}, Subnet: {Type: String, Default: ""}}
Resources:
  Inside: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {NetworkInterfaces: [{DeviceIndex: 0, Groups: [sg-1]}], SecurityGroupIds: []}}}
  Plain: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {SecurityGroupIds: [sg-1]}}}
  Unknown: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {NetworkInterfaces: [{DeviceIndex: 0}], SecurityGroupIds: !Ref Groups}}}
  Bastion: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, NetworkInterfaces: [{DeviceIndex: "0", SubnetId: !Ref Subnet, GroupSet: [sg-1]}]}}
  Relay: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref Subnet, NetworkInterfaces: [{DeviceIndex: "0", NetworkInterfaceId: eni-1}]}}
---
resource "aws_launch_template" "portal" {
  network_interfaces {
    device_index    = 0
    security_groups = ["sg-0123456789abcdef0"]
  }
}
"""
