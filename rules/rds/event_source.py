"""A subscription to events should name sources of the type that it asks for.

RDS looks for each of SourceIds among what SourceType says: instances with db-instance, clusters with db-cluster, snapshots with
db-snapshot. It refuses a name that is one of another type, and SourceIds without SourceType. It also refuses a category that sources of the
type do not have ("low storage" is told of instances only), and EventCategories without SourceType.

What to do: set SourceType (Terraform: source_type) to the type of what SourceIds names, or remove SourceIds (source_ids) to
hear of all that are of the type. Ask for the other category (event_categories) in a subscription of its own.
"""

from awslint_memo import Findings, Resource, databases, engines, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::RDS::EventSubscription",
    memo="プライマリが利用できない場合に自動的にフェイルオーバーし、高い可用性を確保します",
    aws="AmazonRDS/latest/APIReference/API_CreateEventSubscription.html",
)
def check(subscription: Resource) -> Findings:
    wanted = subscription.get("SourceType")
    sources = subscription.get("SourceIds").items
    is_named = any(databases.is_given(subscription, source) for source in sources)
    if wanted.is_absent and (is_named or any(one.is_known for one in subscription.get("EventCategories").items)):
        do, given = "write it, such as db-instance", "SourceIds" if is_named else "EventCategories"
        yield subscription.finding(wanted, f"but RDS refuses {given} without it", do=do)
        return
    found = engines.source_of_other_type(subscription)
    if found is not None:
        named, source = found
        yield subscription.finding(
            wanted,
            f"but SourceIds has {source.title}, which is of another type, so RDS refuses it",
            do=f"set it to {engines.EVENT_SOURCES[source.type]}, or remove {source.title} from SourceIds",
            related=[(named, "SourceIds")],
        )
    category = engines.foreign_category(subscription)
    if category is not None:
        has = listed(list(engines.EVENTS_OF[category.text or ""]), last="or")
        message = f"but events of the type {wanted.text} have no such category, so RDS refuses it"
        do = f"remove it, or ask for it with SourceType {has}"
        yield subscription.finding(category, message, of="EventCategories", do=do, related=[(wanted, "SourceType")])


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres}}
  Failures: {Type: AWS::RDS::EventSubscription, Properties: {SnsTopicArn: !ImportValue topic, SourceType: db-cluster, SourceIds: [!Ref Orders]}}
---
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}
  Failures: {Type: AWS::RDS::EventSubscription, Properties: {SnsTopicArn: !ImportValue topic, SourceIds: [!Ref Orders]}}
---
resource "aws_db_instance" "orders" {
  identifier = "orders"
  engine     = "postgres"
}

resource "aws_db_event_subscription" "orders" {
  sns_topic   = "arn:aws:sns:eu-west-1:123456789012:events"
  source_type = "db-snapshot"
  source_ids  = [aws_db_instance.orders.identifier]
}
---
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}
  Failures: {Type: AWS::RDS::EventSubscription, Properties: {SnsTopicArn: !ImportValue topic, SourceType: db-cluster, SourceIds: [!Ref Orders], EventCategories: [failover, failure, low storage]}}
---
resource "aws_db_event_subscription" "snapshots" {
  sns_topic        = "arn:aws:sns:eu-west-1:123456789012:events"
  source_type      = "db-snapshot"
  event_categories = ["creation", "failover"]
}
---
Resources:
  Failures: {Type: AWS::RDS::EventSubscription, Properties: {SnsTopicArn: !ImportValue topic, EventCategories: [failover, failure]}}
"""

GOOD = """
Parameters: {Kind: {Type: String}, Name: {Type: String}}
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres}}
  Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}
  OfInstance: {Type: AWS::RDS::EventSubscription, Properties: {SnsTopicArn: !ImportValue topic, SourceType: db-instance, SourceIds: [!Ref Orders]}}
  OfCluster: {Type: AWS::RDS::EventSubscription, Properties: {SnsTopicArn: !ImportValue topic, SourceType: db-cluster, SourceIds: [!Ref Cluster, !Ref Name]}}
  OfAll: {Type: AWS::RDS::EventSubscription, Properties: {SnsTopicArn: !ImportValue topic, SourceType: db-cluster}}
  OfAny: {Type: AWS::RDS::EventSubscription, Properties: {SnsTopicArn: !ImportValue topic, SourceType: !Ref Kind, SourceIds: [!Ref Orders]}}
  # An empty list is none.
  OfNone: {Type: AWS::RDS::EventSubscription, Properties: {SnsTopicArn: !ImportValue topic, SourceIds: []}}
---
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "orders" {
  identifier         = "orders"
  cluster_identifier = aws_rds_cluster.orders.id
}

# Its instance has the same name.
resource "aws_db_event_subscription" "orders" {
  sns_topic   = "arn:aws:sns:eu-west-1:123456789012:events"
  source_type = "db-cluster"
  source_ids  = [aws_rds_cluster_instance.orders.identifier]
}

resource "aws_db_event_subscription" "instances" {
  sns_topic        = "arn:aws:sns:eu-west-1:123456789012:events"
  source_type      = "db-instance"
  event_categories = ["availability", "failover", "low storage", "recovery"]
}
---
Parameters: {Category: {Type: String}, Kind: {Type: String}}
Resources:
  OfClusters: {Type: AWS::RDS::EventSubscription, Properties: {SnsTopicArn: !ImportValue topic, SourceType: db-cluster, EventCategories: [failover, notification, !Ref Category]}}
  OfAny: {Type: AWS::RDS::EventSubscription, Properties: {SnsTopicArn: !ImportValue topic, SourceType: !Ref Kind, EventCategories: [low storage]}}
"""
