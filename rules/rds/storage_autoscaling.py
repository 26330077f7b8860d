"""A database should have storage autoscaling.

A database without free storage accepts no writes. With MaxAllocatedStorage, RDS adds storage without downtime when less
than 10 % of it is free. Storage never shrinks, so the limit also bounds its cost.

What to do: set MaxAllocatedStorage (Terraform: max_allocated_storage) at least 26 % above AllocatedStorage; RDS
rejects a limit that is less than 10 % above it. An equal limit turns storage autoscaling off for a database that exists, and
a new one is rejected with it. Aurora's storage grows automatically; RDS Custom and magnetic storage can't grow. Read
replicas are not checked, nor is storage that already has about the largest size of its engine.
"""

from awslint_memo import Findings, Fix, Resource, rule, volumes

COSTS = "may cost more storage, which never shrinks"


@rule(
    level="advice",
    widened={
        "0.2": "a limit that RDS rejects, as it is less than 10 % above AllocatedStorage, or below which nothing grows"
    },
    resource="AWS::RDS::DBInstance",
    memo="インスタンスサイズを変更することで、CPU、メモリ、ストレージのリソースを調整できます",
    aws="AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html",
    fix="unsafe",
)
def check(instance: Resource) -> Findings:
    if not volumes.can_grow(instance):
        return
    now, most = instance.get("AllocatedStorage"), instance.get("MaxAllocatedStorage")
    enough = None if now.number is None else volumes.enough_storage(now.number, instance)
    is_full_size = enough is None and now.number is not None
    limit = f"at least {volumes.ADVISED_GROWTH} % above AllocatedStorage"
    if enough is not None:
        limit = f"to {enough}" if enough == volumes.most_storage(instance) else f"{limit}, to {enough} for example"
    size = "" if now.number is None else f" of {now.number} GiB{now.note}"
    of, full = "MaxAllocatedStorage", f"so its storage{size} does not grow and writes fail when it is full"
    is_sure = now.number is not None and now.is_literal
    fix = None if not is_sure else instance.set(of, enough, unsafe=COSTS) if enough is not None else instance.unset(of)
    if most.is_absent and not is_full_size:
        yield instance.finding(most, f"has no {of}, {full}", do=f"set {of} {limit}", fix=fix)
    elif most.number == 0 and not is_full_size:
        yield instance.finding(most, f"is 0{most.note}, {full}", of=of, do=f"set it {limit}", fix=fix)
    elif most.number and now.number is not None and not volumes.leaves_room(most.number, now.number):
        yield from too_low(instance, "remove it" if is_full_size else f"set it {limit}", fix)
    elif most.number and now.number is not None and not volumes.grows(most.number, now.number) and instance.is_new:
        adds = f"but RDS adds {volumes.INCREMENT} GiB or more, and nothing that reaches the limit"
        message = f"is {most.number} GiB{most.note}, above AllocatedStorage ({now.number} GiB), {adds}, {full}"
        yield instance.finding(
            most, message, of=of, do=f"set it {limit}", related=[(now, "AllocatedStorage")], fix=fix, since="0.2"
        )


def too_low(instance: Resource, remedy: str, fix: Fix | None) -> Findings:
    """The finding about a limit that leaves no room above the allocated storage."""
    now, most = instance.get("AllocatedStorage"), instance.get("MaxAllocatedStorage")
    is_equal = most.number == now.number
    # In a plan the storage of a database that exists may have grown towards its limit.
    if is_equal or instance.is_new:
        off = "which turns storage autoscaling off" + ", and RDS rejects a new database with it" * instance.is_new
        what = ("not", off) if is_equal else ("less than 10 %", "which RDS rejects")
        yield instance.finding(
            most,
            f"is {most.number} GiB{most.note}, {what[0]} above AllocatedStorage ({now.number} GiB), {what[1]}",
            of="MaxAllocatedStorage",
            do=remedy,
            level="error" if not is_equal else "warning" if instance.is_new else "advice",
            related=[(now, "AllocatedStorage")],
            fix=fix,
            since="" if is_equal else "0.2",
        )


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
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, AllocatedStorage: "1000", MaxAllocatedStorage: 1099}
---
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, AllocatedStorage: "20", MaxAllocatedStorage: 30}
---
resource "aws_db_instance" "orders" {
  engine                = "mariadb"
  allocated_storage     = 50
  max_allocated_storage = 0
}
---
resource "aws_db_instance" "orders" {
  engine                = "postgres"
  allocated_storage     = 100
  max_allocated_storage = 105
}
---
variable "engine" {}

resource "aws_db_instance" "orders" {
  engine            = var.engine
  allocated_storage = 100
  storage_type      = "gp3"
}
"""

GOOD = """
Parameters:
  Cluster: {Type: String}
  Engine: {Type: String}
  Most: {Type: Number}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, AllocatedStorage: "50", MaxAllocatedStorage: 100}
  Once:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, AllocatedStorage: "20", MaxAllocatedStorage: 31}
  Unknown:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, AllocatedStorage: "50", MaxAllocatedStorage: !Ref Most}
  Aurora:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: aurora-mysql, DBClusterIdentifier: orders}
  Custom:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: !Ref Engine, AllocatedStorage: "50", CustomIAMInstanceProfile: AWSRDSCustomOrders}
  MayBeAurora:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: !Ref Engine, DBClusterIdentifier: !Ref Cluster}
  Magnetic:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, AllocatedStorage: "50", StorageType: standard}
  Largest:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: oracle-ee, AllocatedStorage: "65536"}
  LargestOfSqlServer:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: sqlserver-se, AllocatedStorage: "16384"}
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

FIXED = """
-    Properties: {Engine: postgres, AllocatedStorage: "50"}
+    Properties: {Engine: postgres, AllocatedStorage: "50", MaxAllocatedStorage: 70}
---
-    Properties: {Engine: mysql, AllocatedStorage: "100", MaxAllocatedStorage: 100}
+    Properties: {Engine: mysql, AllocatedStorage: "100", MaxAllocatedStorage: 130}
---
-    Properties: {Engine: mysql, AllocatedStorage: "1000", MaxAllocatedStorage: 1099}
+    Properties: {Engine: mysql, AllocatedStorage: "1000", MaxAllocatedStorage: 1260}
---
-    Properties: {Engine: mysql, AllocatedStorage: "20", MaxAllocatedStorage: 30}
+    Properties: {Engine: mysql, AllocatedStorage: "20", MaxAllocatedStorage: 40}
---
-  max_allocated_storage = 0
+  max_allocated_storage = 70
---
-  max_allocated_storage = 105
+  max_allocated_storage = 130
---
-  engine            = var.engine
-  allocated_storage = 100
-  storage_type      = "gp3"
+  engine                = var.engine
+  allocated_storage     = 100
+  max_allocated_storage = 130
+  storage_type          = "gp3"
"""
