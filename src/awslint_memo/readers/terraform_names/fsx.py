"""Amazon FSx: one type for each kind of file system, which are one type in CloudFormation."""

from collections.abc import Callable

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.property_maps import TAGS, PropertyMap, TypeMap

_CONFIGURATIONS = {
    "LUSTRE": "LustreConfiguration",
    "ONTAP": "OntapConfiguration",
    "OPENZFS": "OpenZFSConfiguration",
    "WINDOWS": "WindowsConfiguration",
}


def _always(kind: str) -> Callable[[Value], Value]:
    """A `read` function for what the Terraform type says."""

    def read(value: Value) -> Value:
        return Known(kind, value.place)

    return read


def _file_system(kind: str) -> TypeMap:
    own = {
        "AutomaticBackupRetentionDays": PropertyMap("automatic_backup_retention_days"),
        "DeploymentType": PropertyMap("deployment_type"),
    }
    configurations = {
        name: PropertyMap("", within=own if one == kind else None) for one, name in _CONFIGURATIONS.items()
    }
    return TypeMap(
        "AWS::FSx::FileSystem",
        {
            # An argument that is always there stands for the type.
            "FileSystemType": PropertyMap("subnet_ids", read=_always(kind), default=kind),
            "Tags": TAGS,
            **configurations,
        },
        attributes={"arn": "ResourceARN", "id": "Ref"},
    )


TYPE_MAPS = {
    "aws_fsx_lustre_file_system": _file_system("LUSTRE"),
    "aws_fsx_ontap_file_system": _file_system("ONTAP"),
    "aws_fsx_openzfs_file_system": _file_system("OPENZFS"),
    "aws_fsx_windows_file_system": _file_system("WINDOWS"),
}
