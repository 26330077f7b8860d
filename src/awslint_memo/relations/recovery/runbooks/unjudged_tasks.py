"""What is done for user pools, clusters of Kafka and of Kubernetes, whose contents are in no template: users,
messages and workloads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.phrases import listed
from awslint_memo.relations.recovery import service_types, unjudged
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import stands
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    aws,
    identifier,
    region_word,
    tabled,
    unknown,
    variable,
)
from awslint_memo.relations.recovery.runbooks.tasks import NAMED, Question, Task
from awslint_memo.relations.recovery.timelines import Step

_COPIED = "msk/latest/developerguide/msk-replicator-unplanned-failover.html"
_WORKLOADS = "eks/latest/userguide/create-kubeconfig.html"


def after_region(sides: Sides) -> Iterator[Task | Question]:
    """What is done, and what has to be found out for it."""
    pools = unjudged.needed(sides.family, unjudged.POOLS, sides.primary, sides.region)
    for pool in {each.title: each for each in pools.home}.values():
        yield _of_pool(sides, pool, pools.there)
    kafka = unjudged.needed(sides.family, unjudged.KAFKA, sides.primary, sides.region)
    if kafka.home:
        yield _of_kafka(sides, kafka.home)
    yield from _of_kubernetes(sides)


def _titles(resources: Sequence[Resource]) -> str:
    return listed(list(dict.fromkeys(each.title for each in resources)), NAMED)


def _of_pool(sides: Sides, pool: Resource, there: Sequence[Resource]) -> Question:
    """Whether people can sign in: the users of a pool are in its Region, unless it is replicated."""
    where = region_word(sides.region)
    named = unknown(pool, sides.primary, "identifier")
    look = aws("cognito-idp", "list-user-pool-replicas", region_word(sides.primary), "--user-pool-id", named)
    shown = tabled(look, "UserPoolReplicas[].[RegionName,Status,Role]")
    active = aws(
        *("cognito-idp", "update-user-pool-replica", where, "--user-pool-id", named),
        *("--region-name", where, "--status", "ACTIVE"),
    )
    what = f"Activate the replica of {pool.title} in {sides.there}, and have what signs users in call that Region"
    step = Step("capacity", what, by_person=True, page=unjudged.REPLICATED_POOLS.page)
    notes = ["A replica makes no users and resets no passwords as long as its primary pool is lost."]
    then = Task("capacity", step, pool, sides.region, "", (active,), notes)
    own = f" {_titles(there)} there has users of its own." if there else ""
    lost = [
        "If not, nobody signs in: make a pool and its clients there, whose ids are others, and import the users from a"
        " list that was made before (create-user-import-job); passwords are in none, so each user sets a new one."
        f"{own}"
    ]
    asked = f"whether {pool.title} has a replica in {sides.there}, for users to sign in"
    reasons = stands(pool, f"{pool.title}, whose users are in {sides.here}")
    return Question(asked, pool, (shown,), reasons, notes=lost, page=unjudged.REPLICATED_POOLS.page, then=then)


def _of_kafka(sides: Sides, home: Sequence[Resource]) -> Question:
    """Whether messages are copied: a cluster of Kafka is in one Region."""
    first, where = home[0], region_word(sides.region)
    replicators = tabled(aws("kafka", "list-replicators", where), "Replicators[].[ReplicatorName,ReplicatorState]")
    clusters = tabled(aws("kafka", "list-clusters-v2", where), "ClusterInfoList[].[ClusterName,State,ClusterArn]")
    arn = Unfilled(variable(first.title, "copy arn"), f"ARN of the cluster in {sides.there}", clusters)
    brokers = aws("kafka", "get-bootstrap-brokers", where, "--cluster-arn", arn)
    what = f"Point what writes to and reads from {_titles(home)} at the cluster in {sides.there}"
    step = Step("capacity", what, by_person=True, page=_COPIED)
    notes = ["The newest messages may be lacking, and some be read twice; topics may have a prefix there."]
    then = Task("capacity", step, first, sides.region, "", (brokers,), notes)
    lost = ["If not, make a cluster there with its topics and users; what only the lost one holds is gone."]
    asked = f"whether a replicator copies {_titles(home)} to {sides.there}"
    reasons = stands(first, f"{first.title}, whose messages are in {sides.here}")
    return Question(asked, first, (replicators, clusters), reasons, notes=lost, page=_COPIED, then=then)


def _of_kubernetes(sides: Sides) -> Iterator[Task]:
    """A cluster of Kubernetes that is made anew runs nothing: what runs in it is in manifests."""
    home = [each.member.resource for each in sides.at_home()]
    lost = [each for each in home if each.type == service_types.CLUSTER]
    if not lost:
        return
    there = [each.member.resource for each in sides.computes(there=True)]
    known = [each for each in there if each.type == service_types.CLUSTER]
    for cluster in list({each.title: each for each in lost}.values()):
        what = (
            f"See that what runs in {cluster.title} runs in the cluster of {sides.there}: no template has its workloads"
        )
        step = Step(
            "capacity",
            what,
            by_person=True,
            page=_WORKLOADS,
            because=stands(cluster, cluster.title),
            untold=["what runs in it, and how long it takes until that answers (declare `measured`)"],
        )
        notes = [
            "Apply its manifests or charts there, with the images, secrets and roles of that Region; what pods keep on"
            " volumes is lost, unless it is backed up and copied there (AWS Backup does so for EKS)."
        ]
        call = ("aws", "eks", "update-kubeconfig", "--region", region_word(sides.region), "--name")
        name = _name(cluster, known, sides)
        yield Task("capacity", step, cluster, sides.region, "", (Command((*call, name)),), notes)


def _name(lost: Resource, known: Sequence[Resource], sides: Sides) -> Word:
    """The name of the cluster that takes the place of a lost one: of the only one there, else the same."""
    if len(known) == 1:
        return identifier(known[0], sides.region)
    name = identifier(lost)
    if isinstance(name, str):
        return name
    listing = tabled(aws("eks", "list-clusters", region_word(sides.region)), "clusters")
    words = f"name of the cluster in {sides.there} that takes the place of {lost.title}"
    return Unfilled(variable(lost.title, "copy"), words, listing, is_late=True)
