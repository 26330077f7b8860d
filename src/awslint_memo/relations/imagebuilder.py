"""EC2 Image Builder: what machine images are made from, and how new images reach instances."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.properties import may_ignore
from awslint_memo.model.record import record
from awslint_memo.model.value import Known, Link, Value
from awslint_memo.syntax.embedded import parse_embedded

PIPELINE = "AWS::ImageBuilder::ImagePipeline"
RECIPE = "AWS::ImageBuilder::ImageRecipe"
DISTRIBUTION = "AWS::ImageBuilder::DistributionConfiguration"

INFRASTRUCTURE = "AWS::ImageBuilder::InfrastructureConfiguration"

_HERE = ("LaunchTemplateConfigurations", "SsmParameterConfigurations")
_ELSEWHERE = (
    "AmiDistributionConfiguration.LaunchPermissionConfiguration",
    "AmiDistributionConfiguration.TargetAccountIds",
)
_TEMPLATE = "AWS::EC2::LaunchTemplate"
_SPECIFICATIONS = {
    "LaunchTemplate": "launch_template",
    "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification": (
        "mixed_instances_policy.launch_template.launch_template_specification"
    ),
}
"""Where a group names its launch template, and Terraform's words for that."""

_SETTING = ("autoscaling:StartInstanceRefresh", "autoscaling:UpdateAutoScalingGroup")
"""What gives a group another version of its launch template."""

NEEDED = fact(
    ("ssm:UpdateInstanceInformation", "imagebuilder:GetComponent"),
    page="imagebuilder/latest/userguide/security-iam-awsmanpol.html",
    read="2026-12-01",
)
"""What the role of a build instance needs, so that Systems Manager runs something there and finds the components."""

_EVENTS = "aws.imagebuilder"
_VERSION = regex(r"/([0-9x]+\.[0-9x]+\.[0-9x]+)(/[0-9]+)?$")


def pipelines(deployment: Deployment) -> list[Resource]:
    """The image pipelines of a deployment that make AMIs, not container images."""
    return [resource for resource in deployment.of_type(PIPELINE) if resource.get("ContainerRecipeArn").is_absent]


def fixed(image: Value) -> str | None:
    """Where a value is surely the id of one AMI: " in every Region of mapping Images", or "" for the value itself.

    None if it may be something else, such as a Systems Manager parameter that names the newest image.
    """
    choice = image.choice
    values = [] if choice is None else choice.values
    if choice is not None and values and all(map(_is_ami, values)):
        return f" in {choice.words}"
    return "" if _is_ami(image) else None


def _is_ami(value: Value) -> bool:
    return (value.text or "").startswith("ami-")


def is_set_elsewhere(template: Resource) -> bool:
    """Whether Terraform leaves the image of a launch template as others set it (lifecycle.ignore_changes), or may."""
    return may_ignore(template.terraform.ignore_changes, "image_id")


def built_from(image: Value, deployment: Deployment) -> Resource | None:
    """The first pipeline that surely builds newer images from this image, its recipe's parent; None without one."""
    for pipeline in pipelines(deployment):
        resource = recipe(pipeline)
        if resource is not None and resource.get("ParentImage").is_same_as(image):
            return pipeline
    return None


def writer(template: Resource) -> Resource | None:
    """The first pipeline that surely writes its images to a launch template, each as a new version; else None."""
    for pipeline in pipelines(template.deployment):
        distribution = pipeline.follow("DistributionConfigurationArn", DISTRIBUTION)
        for each in () if distribution is None else distribution.get("Distributions").items:
            for item in each.get("LaunchTemplateConfigurations").items:
                if template.deployment.find(item.get("LaunchTemplateId"), template.type) is template:
                    return pipeline
    return None


def builder_role(infrastructure: Resource) -> Resource | None:
    """The role that build instances surely have by an infrastructure configuration; None where that is not known."""
    from awslint_memo.relations.iam import profiles  # Few templates build images.

    profile = infrastructure.follow("InstanceProfileName", "AWS::IAM::InstanceProfile")
    return None if profile is None else profiles.role_of(profile)


LOGS = fact(
    "s3:PutObject",
    page="imagebuilder/latest/APIReference/API_Logging.html",
    read="2026-12-02",
)
"""What the role of a build instance needs, if its logs are to be kept in a bucket."""


def unwritable_logs(infrastructure: Resource, role: Resource) -> Resource | None:
    """The bucket of here in which the logs of builds shall be kept, where the role of their instances surely may write
    to no bucket; else None."""
    from awslint_memo.relations.iam import bucket_writers  # Few infrastructures keep logs in a bucket of here.

    bucket = infrastructure.follow("Logging.S3Logs.S3BucketName", "AWS::S3::Bucket")
    return bucket if bucket is not None and bucket_writers.lacks(role, bucket) else None


@record(frozen=True)
class Kept:
    """The number of a version from which a group starts its instances, though a pipeline makes newer versions of that
    launch template."""

    version: Value
    template: Resource
    pipeline: Resource


def kept(group: Resource) -> Kept | None:
    """The version of a launch template that a group surely keeps beside newer ones that a pipeline of here makes; None
    where there is none, or something here may set another version."""
    from awslint_memo.relations.iam.roles import allowed_resources

    for path, argument in _SPECIFICATIONS.items():
        named, version = group.get(path), group.get(f"{path}.Version")
        ids = (named.get("LaunchTemplateId"), named.get("LaunchTemplateName"))
        template = next(filter(None, (group.deployment.find(one, _TEMPLATE) for one in ids)), None)
        pipeline = None if template is None or not version.is_literal or version.number is None else writer(template)
        is_set = may_ignore(group.terraform.ignore_changes, f"{argument}.version")
        if template is not None and pipeline is not None and not is_set:
            return None if allowed_resources(group.deployment, *_SETTING) else Kept(version, template, pipeline)
    return None


def recipe(pipeline: Resource) -> Resource | None:
    """The recipe of a pipeline; None where this deployment does not hold it."""
    return pipeline.follow("ImageRecipeArn", RECIPE)


def sources(of: Resource) -> Iterator[Value]:
    """The parent image and the components of a recipe."""
    yield of.get("ParentImage")
    yield from (component.get("ComponentArn") for component in of.get("Components").items)


def is_pinned(source: Value) -> bool | None:
    """Whether a parent image or component surely stays the same one (True: the id of an AMI, a whole version) or
    surely changes (False).

    None where that can't be told. A component of the template has the one version that it is written with.
    """
    if isinstance(source, Link):
        return True if source.attribute in ("Ref", "Arn") else None
    end, start = source.pieces[-1].text or "", source.pieces[0].text or ""
    if start.startswith("ssm:"):
        return False
    if isinstance(source, Known) and end.startswith("ami-"):
        return True
    version = _VERSION.search(end)
    return None if version is None else "x" not in version[1]


def reaches_instances(distribution: Resource) -> bool | None:
    """Whether a distribution surely puts new images where instances are made from (True: a launch template, or a
    parameter) or surely does not (False).

    None where that is not known, and where it gives them to other accounts.
    """
    parts = distribution.get("Distributions").items
    values = [each.get(name) for each in parts for name in _HERE]
    if any(value.is_known and value.items for value in values):
        return True
    elsewhere = [each.get(name) for each in parts for name in _ELSEWHERE]
    return (
        False
        if all(value.is_absent for value in (*elsewhere, *(value for value in values if value.is_unknown)))
        else None
    )


def may_be_told(pipeline: Resource) -> bool:
    """Whether something is told of the new images of a pipeline that may give them to instances: a topic, the target of
    a rule for Image Builder's events, or who looks for the newest image when instances are launched."""
    configuration = pipeline.get("InfrastructureConfigurationArn")
    infrastructure = pipeline.deployment.find(configuration, INFRASTRUCTURE)
    has_topic = infrastructure is not None and not infrastructure.get("SnsTopicArn").is_absent
    return has_topic or pipeline.deployment.once(_may_have_rule) or pipeline.deployment.once(_may_look_for_images)


_LAUNCHING = {
    "AWS::AutoScaling::LaunchConfiguration": "ImageId",
    "AWS::EC2::Instance": "ImageId",
    "AWS::EC2::LaunchTemplate": "LaunchTemplateData.ImageId",
}


def _may_look_for_images(deployment: Deployment) -> bool:
    """Whether something is launched from an image that is not known here, as that which a data source finds."""
    return any(one.get(path).is_unknown for type_, path in _LAUNCHING.items() for one in deployment.of_type(type_))


def _may_have_rule(deployment: Deployment) -> bool:
    patterns = (parse_embedded(rule.get("EventPattern")) for rule in deployment.of_type("AWS::Events::Rule"))
    sources = (source for pattern in patterns for source in pattern.get("source").items)
    return any(source.is_unknown or source.text == _EVENTS for source in sources)
