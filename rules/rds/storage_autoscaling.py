"""A database should have storage autoscaling.

A database without free storage accepts no writes. With MaxAllocatedStorage, RDS adds storage without downtime when less
than 10 % of it is free. Storage never shrinks, so the limit also bounds its cost.

What to do: set MaxAllocatedStorage (Terraform: max_allocated_storage) at least a quarter above AllocatedStorage.
Aurora's storage grows automatically; RDS Custom and magnetic storage can't grow. Read replicas are not checked.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, databases, rule


@rule(
    "rds-storage-autoscaling",
    level="advice",
    resource="AWS::RDS::DBInstance",
    memo="インスタンスサイズを変更することで、CPU、メモリ、ストレージのリソースを調整できます",
    aws="AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html",
)
def check(instance: Resource) -> Iterator[Finding]:
    if not can_grow(instance):
        return
    now, most = instance.get("AllocatedStorage"), instance.get("MaxAllocatedStorage")
    size = "" if now.number is None else f" of {now.number} GiB{now.note}"
    limit = "a value above AllocatedStorage" if now.number is None else f"at least {enough(now.number)}"
    full = f"so its storage{size} does not grow and writes fail when it is full"
    if most.is_absent:
        yield instance.finding(most, f"has no MaxAllocatedStorage, {full}; set MaxAllocatedStorage to {limit}")
    elif most.number == 0:
        yield instance.finding(most, f"is 0{most.note}, {full}; set it to {limit}", of="MaxAllocatedStorage")
    elif now.number is not None and most.number is not None and most.number <= now.number:
        yield instance.finding(
            most,
            f"is {most.number} GiB{most.note}, not above AllocatedStorage ({now.number} GiB), which turns storage "
            f"autoscaling off; set it to {limit}",
            of="MaxAllocatedStorage",
            related=[(now, "AllocatedStorage")],
        )


def can_grow(instance: Resource) -> bool:
    """Whether an instance surely has storage of its own that RDS could add to."""
    if databases.is_cluster_member(instance) or databases.is_read_replica(instance):
        return False
    is_custom = (instance.get("Engine").text or "").lower().startswith("custom-")
    storage = instance.get("StorageType")
    is_magnetic = storage.is_unknown or storage.text == "standard"
    return databases.is_aurora(instance) is False and not is_custom and not is_magnetic


def enough(gibibytes: float) -> int:
    """A quarter more, in whole tens of GiB, and not less than the 20 GiB at which general purpose storage begins."""
    return max(databases.LEAST_STORAGE, -int(-gibibytes * 1.25 // 10) * 10)


BAD = """
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, AllocatedStorage: "50"}
---
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, AllocatedStorage: "100", MaxAllocatedStorage: 100}
---
resource "aws_db_instance" "orders" {
  engine                = "mariadb"
  allocated_storage     = 50
  max_allocated_storage = 0
}
"""

GOOD = """
Parameters:
  Most: {Type: Number}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, AllocatedStorage: "50", MaxAllocatedStorage: 100}
  Unknown:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, AllocatedStorage: "50", MaxAllocatedStorage: !Ref Most}
  Aurora:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: aurora-mysql, DBClusterIdentifier: orders}
  Magnetic:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, AllocatedStorage: "50", StorageType: standard}
---
resource "aws_db_instance" "orders" {
  engine                = "postgres"
  allocated_storage     = 50
  max_allocated_storage = 200
}

resource "aws_db_instance" "replica" {
  replicate_source_db = aws_db_instance.orders.identifier
}
"""
