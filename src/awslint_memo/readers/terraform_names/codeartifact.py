"""AWS CodeArtifact. The provider has no resource for package groups."""

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap, json_text


def _each(name: str) -> PropertyMap:
    """A property that is the list of one argument's values in several blocks."""

    def read(blocks: Value) -> Value:
        return Known([block.get(name) for block in blocks.items], blocks.place) if blocks.is_known else blocks

    return PropertyMap(
        {"external_connection_name": "external_connections", "repository_name": "upstream"}[name], read=read
    )


_POLICY = {"PermissionsPolicyDocument": PropertyMap("policy_document", read=json_text())}

TYPE_MAPS = {
    "aws_codeartifact_domain": TypeMap(
        "AWS::CodeArtifact::Domain",
        {"DomainName": PropertyMap("domain"), "PermissionsPolicyDocument": PropertyMap("")},
        attributes={"arn": "Arn", "domain": "Name", "id": "Ref"},
    ),
    "aws_codeartifact_repository": TypeMap(
        "AWS::CodeArtifact::Repository",
        {
            "DomainName": PropertyMap("domain"),
            "ExternalConnections": _each("external_connection_name"),
            "PermissionsPolicyDocument": PropertyMap(""),
            "RepositoryName": PropertyMap("repository"),
            "Upstreams": _each("repository_name"),
        },
        attributes={"arn": "Arn", "id": "Ref", "repository": "Name"},
    ),
}

COMPANIONS = {
    "aws_codeartifact_domain_permissions_policy": Companion("AWS::CodeArtifact::Domain", "domain", _POLICY),
    "aws_codeartifact_repository_permissions_policy": Companion("AWS::CodeArtifact::Repository", "repository", _POLICY),
}
