"""Amazon CodeGuru. The provider has no argument for the agent's permissions."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_codegurureviewer_repository_association": TypeMap(
        "AWS::CodeGuruReviewer::RepositoryAssociation", {}, attributes={"arn": "AssociationArn", "id": "Ref"}
    ),
    "aws_codeguruprofiler_profiling_group": TypeMap(
        "AWS::CodeGuruProfiler::ProfilingGroup",
        {"AgentPermissions": PropertyMap(""), "ProfilingGroupName": PropertyMap("name")},
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
}
