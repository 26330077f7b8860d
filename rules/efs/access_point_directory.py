"""The root directory of an access point should exist, or be made by EFS.

If the directory does not exist, EFS makes it when a client connects first, with the owner and the permissions of CreationInfo. Without
that it makes none, and every mount through the access point fails: tasks and functions do not start. EFS refuses a path that does
not begin with a slash or has more than four levels, and permissions that are no octal number.

What to do: add CreationInfo with OwnerUid, OwnerGid and Permissions (Terraform: creation_info). Leave it out only where somebody makes the
directory before.
"""

from awslint_memo import Findings, Resource, efs_points, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::EFS::AccessPoint",
    memo="高可用性構成を提供します",
    aws="efs/latest/ug/API_RootDirectory.html",
)
def check(point: Resource) -> Findings:
    for value, of, message, do in efs_points.refused(point):
        yield point.finding(value, message, of=of, do=do, level="error")
    unmade = efs_points.unmade(point)
    if unmade is not None:
        path, is_sure = unmade
        message = "but has no CreationInfo, so EFS does not make the directory and mounts fail"
        message += "" if is_sure else " unless it exists"
        do = "add CreationInfo, with OwnerUid, OwnerGid and Permissions"
        yield point.finding(path, message, do=do, level=None if is_sure else "advice")


BAD = """
Resources:
  Files: {Type: AWS::EFS::FileSystem}
  Orders: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: !Ref Files, PosixUser: {Uid: 1000, Gid: 1000}, RootDirectory: {Path: /orders}}}
---
Resources:
  Orders: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: fs-1, RootDirectory: {Path: /orders}}}
---
Resources:
  Orders: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: fs-1, RootDirectory: {Path: orders, CreationInfo: {OwnerUid: 1000, OwnerGid: 1000, Permissions: "755"}}}}
---
Resources:
  Orders: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: fs-1, RootDirectory: {Path: /orders/, CreationInfo: {OwnerUid: 1000, OwnerGid: 1000, Permissions: "755"}}}}
---
Resources:
  Orders: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: fs-1, RootDirectory: {Path: /a/b/c/d/e, CreationInfo: {OwnerUid: 1000, OwnerGid: 1000, Permissions: "755"}}}}
---
Resources:
  Orders: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: fs-1, RootDirectory: {Path: /orders, CreationInfo: {OwnerUid: 1000, OwnerGid: 1000, Permissions: rwxr-xr-x}}}}
---
resource "aws_efs_file_system" "files" {}

resource "aws_efs_access_point" "orders" {
  file_system_id = aws_efs_file_system.files.id

  root_directory {
    path = "/orders"
  }
}
---
resource "aws_efs_access_point" "orders" {
  file_system_id = "fs-1"

  root_directory {
    path = "/.orders"

    creation_info {
      owner_uid   = 1000
      owner_gid   = 1000
      permissions = "0755"
    }
  }
}
"""

GOOD = """
Parameters: {Path: {Type: String}, Permissions: {Type: String}}
Resources:
  Files: {Type: AWS::EFS::FileSystem}
  Whole: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: !Ref Files, PosixUser: {Uid: 1000, Gid: 1000}}}
  Media: {Type: AWS::EFS::FileSystem}
  Root: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: fs-1, RootDirectory: {Path: /}}}
  Made: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: !Ref Media, RootDirectory: {Path: /media, CreationInfo: {OwnerUid: 1000, OwnerGid: 1000, Permissions: "0750"}}}}
  # The other access point makes it.
  Read: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: !Ref Media, PosixUser: {Uid: 2000, Gid: 1000}, RootDirectory: {Path: /media}}}
  AnyPath: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: !Ref Files, RootDirectory: {Path: !Ref Path}}}
  AnyPermissions: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: !Ref Files, RootDirectory: {Path: /a/b/c/d, CreationInfo: {OwnerUid: 1000, OwnerGid: 1000, Permissions: !Ref Permissions}}}}
---
resource "aws_efs_file_system" "files" {}

resource "aws_efs_access_point" "orders" {
  file_system_id = aws_efs_file_system.files.id

  root_directory {
    path = "/orders"

    creation_info {
      owner_uid   = 1000
      owner_gid   = 1000
      permissions = "755"
    }
  }
}
"""
