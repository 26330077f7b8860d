"""Amazon CodeGuru. The provider has no word for the agent's permissions."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_codegurureviewer_repository_association": Translation(
        "AWS::CodeGuruReviewer::RepositoryAssociation", {}, attributes={"arn": "AssociationArn", "id": "Ref"}
    ),
    "aws_codeguruprofiler_profiling_group": Translation(
        "AWS::CodeGuruProfiler::ProfilingGroup",
        {"AgentPermissions": Word(""), "ProfilingGroupName": Word("name")},
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
}
