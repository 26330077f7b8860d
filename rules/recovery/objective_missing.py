"""Every store of data should have a recovery objective, once objectives are declared.

Where objectives are declared for some stores only, nobody has decided how much of the others may be lost. A store
without an objective is not judged. Stores whose names, or whose deployment's name, are those of development are not
reported. A tag that is named under `recovery.tag-names` and holds no length of time is reported too.

What to do: declare an objective for it, or for all under `recovery`; or declare it `rebuildable`, with the reason.
"""

from awslint_memo import STORES, Findings, Known, Resource, naming, rule, stores, wanted


@rule(
    level="advice",
    since="0.2",
    opt_in=True,
    resource=STORES,
    memo="RPO（Recovery Point Objective）",
    aws="wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_objective_defined_recovery.html",
)
def check(resource: Resource) -> Findings:
    store = stores.store(resource)
    # Policies alone may be meant for something else.
    if store is None or store.note or not resource.deployment.declared.has_objectives:
        return
    for key, seconds, written in wanted.of_tags(resource):
        if seconds is None:
            message = f'has a tag for its {key.upper()} with "{written}", which is no length of time'
            yield resource.finding(resource, message, do="write 15m or 1h")
    if wanted.objectives(resource).is_empty and not is_development(resource):
        remedy = "declare an RPO and an RTO, or that it is rebuildable"
        yield resource.finding(resource, "has no recovery objective, though others have one", do=remedy)


def is_development(resource: Resource) -> bool:
    names = (resource.deployment.name, resource.title)
    return any(naming.is_development(resource.deployment, Known(name, resource.place)) for name in names)


BAD = """
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Metadata: {awslint-memo: {recovery: {rpo: 24h}}}
    Properties: {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}
  Customers: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}
---
# awslint-memo: recovery[rpo=24h]
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}

resource "aws_s3_bucket" "documents" {
  bucket = "documents"
}
"""

GOOD = """
Metadata: {awslint-memo: {recovery: {rpo: 24h}}}
Parameters: {Engine: {Type: String}}
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}
  Customers: {Type: AWS::RDS::DBInstance, Properties: {Engine: !Ref Engine}}
---
# awslint-memo: recovery[rpo=24h]
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}

# awslint-memo: recovery[rebuildable=made again from the orders]
resource "aws_dynamodb_table" "totals" {
  name = "totals"
}
"""
