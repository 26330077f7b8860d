"""A task or server should mount a file system as ECS and the policy of that take it.

With IAM or an access point a volume of EFS needs TransitEncryption, and with an access point its RootDirectory is left out, or /: ECS
refuses a task definition with anything else. Where the policy of the file system denies connections without TLS, without IAM or
without an access point, which a volume does not use by default, the mount is denied and no task starts. So it is with the user data
of a server that mounts it with NFS, or with the mount helper but no option tls.

What to do: set TransitEncryption to ENABLED (Terraform: transit_encryption), and AuthorizationConfig where the policy wants it; mount
with -t efs -o tls in user data.
"""

from awslint_memo import Findings, Resource, efs_mounts, rule

POINT = "AuthorizationConfig.AccessPointId"


@rule(
    level="error",
    since="0.2",
    resource=(
        "AWS::AutoScaling::LaunchConfiguration",
        "AWS::EC2::Instance",
        "AWS::EC2::LaunchTemplate",
        "AWS::ECS::TaskDefinition",
    ),
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html",
)
def check(task: Resource) -> Findings:
    if task.type != "AWS::ECS::TaskDefinition":
        shut_out = efs_mounts.shut_out(task)
        if shut_out is not None:
            files, what, do = shut_out
            script, policy = efs_mounts.script_of(task), files.get("FileSystemPolicy")
            message = (
                f"mounts {files.title}, whose policy denies {what}, so the mount is refused when the server starts"
            )
            yield task.finding(script, message, do=do, related=[(policy, "the policy")])
        return
    for mount in efs_mounts.mounts(task):
        encryption, point = mount.setting("TransitEncryption"), mount.setting(POINT)
        root, iam = mount.setting("RootDirectory"), mount.setting("AuthorizationConfig.IAM")
        is_pointed = bool(point.text or [*point.mentions()])
        if mount.is_off("TransitEncryption") and (is_pointed or iam.is_one_of("ENABLED")):
            place = mount.volume if encryption.is_absent else encryption
            why = "an access point" if is_pointed else "IAM"
            message = (
                f"mounts a file system with {why} and without TransitEncryption, so ECS refuses the task definition"
            )
            yield task.finding(place, message, do="set TransitEncryption to ENABLED", related=[(mount.volume, "it")])
            continue
        if is_pointed and root.text not in (None, "", "/"):
            message = "but ECS refuses it beside an access point, which has a root directory itself"
            yield task.finding(root, message, do="remove it", of="RootDirectory", related=[(point, "the access point")])
        denied = efs_mounts.denied(task, mount)
        if denied is not None:
            files, what, do = denied
            place = mount.volume if encryption.is_absent or "TLS" not in what else encryption
            message = f"mounts {files.title}, whose policy denies {what}, so no task starts"
            policy = files.get("FileSystemPolicy")
            yield task.finding(place, message, do=do, related=[(policy, "the policy")])


BAD = """
Resources:
  Files: {Type: AWS::EFS::FileSystem, Properties: {FileSystemPolicy: {Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: ["elasticfilesystem:ClientMount"]}, {Effect: Deny, Principal: "*", Action: "*", Condition: {Bool: {"aws:SecureTransport": "false"}}}]}}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web}], Volumes: [{Name: files, EFSVolumeConfiguration: {FilesystemId: !Ref Files}}]}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Files: {Type: AWS::EFS::FileSystem, Properties: {FileSystemPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt Role.Arn}, Action: "elasticfilesystem:Client*"}]}}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web}], Volumes: [{Name: files, EFSVolumeConfiguration: {FilesystemId: !Ref Files, TransitEncryption: ENABLED}}]}}
---
Resources:
  Point: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: !Ref Files}}
  Files: {Type: AWS::EFS::FileSystem, Properties: {FileSystemPolicy: {Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: "elasticfilesystem:Client*", Condition: {StringEquals: {"elasticfilesystem:AccessPointArn": !ImportValue Point}}}]}}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web}], Volumes: [{Name: files, EFSVolumeConfiguration: {FilesystemId: !Ref Files, TransitEncryption: ENABLED}}]}}
---
Resources:
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web}], Volumes: [{Name: files, EFSVolumeConfiguration: {FilesystemId: fs-1, AuthorizationConfig: {IAM: ENABLED}}}]}}
---
Resources:
  Point: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: fs-1}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web}], Volumes: [{Name: files, EFSVolumeConfiguration: {FilesystemId: fs-1, TransitEncryption: ENABLED, RootDirectory: /web, AuthorizationConfig: {AccessPointId: !Ref Point}}}]}}
---
resource "aws_efs_file_system" "files" {}

resource "aws_efs_file_system_policy" "files" {
  file_system_id = aws_efs_file_system.files.id

  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = { AWS = "*" }, Action = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"] },
      { Effect = "Deny", Principal = { AWS = "*" }, Action = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } },
    ]
  })
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web", memory = 512 }])

  volume {
    name = "files"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.files.id
      transit_encryption = "DISABLED"
    }
  }
}
---
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web", memory = 512 }])

  volume {
    name = "files"

    efs_volume_configuration {
      file_system_id = "fs-0123456789abcdef0"

      authorization_config {
        access_point_id = "fsap-0123456789abcdef0"
      }
    }
  }
}
---
Resources:
  Files: {Type: AWS::EFS::FileSystem, Properties: {FileSystemPolicy: {Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: ["elasticfilesystem:ClientMount"]}, {Effect: Deny, Principal: "*", Action: "*", Condition: {Bool: {"aws:SecureTransport": "false"}}}]}}}
  Web: {Type: AWS::EC2::Instance, Properties: {ImageId: "resolve:ssm:/app/image", UserData: {"Fn::Base64": !Sub "#!/bin/bash\\nmkdir -p /srv/files\\nmount -t nfs4 -o nfsvers=4.1,hard,noresvport ${Files}.efs.${AWS::Region}.amazonaws.com:/ /srv/files\\n"}}}
---
resource "aws_efs_file_system" "files" {}

resource "aws_efs_file_system_policy" "files" {
  file_system_id = aws_efs_file_system.files.id
  policy         = data.aws_iam_policy_document.files.json
}

data "aws_iam_policy_document" "files" {
  statement {
    actions   = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    resources = [aws_efs_file_system.files.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }

  statement {
    effect    = "Deny"
    actions   = ["*"]
    resources = [aws_efs_file_system.files.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_launch_template" "web" {
  image_id = "resolve:ssm:/app/image"

  user_data = base64encode(<<-EOT
    #!/bin/bash
    mkdir -p /srv/files
    mount -t nfs4 -o nfsvers=4.1,hard,noresvport ${aws_efs_file_system.files.dns_name}:/ /srv/files
  EOT
  )
}
---
resource "aws_efs_file_system" "files" {}

resource "aws_efs_file_system_policy" "files" {
  file_system_id = aws_efs_file_system.files.id
  policy         = data.aws_iam_policy_document.files.json
}

data "aws_iam_policy_document" "files" {
  statement {
    actions   = ["elasticfilesystem:Client*"]
    resources = [aws_efs_file_system.files.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
}

resource "aws_instance" "web" {
  ami           = "resolve:ssm:/app/image"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/bash
    mkdir -p /srv/files
    echo "${aws_efs_file_system.files.id}:/ /srv/files efs _netdev 0 0" >> /etc/fstab
    mount -a
  EOT
}
"""

GOOD = """
Parameters: {Encryption: {Type: String}, Who: {Type: String}}
Resources:
  Files: {Type: AWS::EFS::FileSystem, Properties: {FileSystemPolicy: {Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: ["elasticfilesystem:ClientMount"]}, {Effect: Deny, Principal: "*", Action: "*", Condition: {Bool: {"aws:SecureTransport": "false"}}}]}}}
  ByTls: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web}], Volumes: [{Name: files, EFSVolumeConfiguration: {FilesystemId: !Ref Files, TransitEncryption: ENABLED}}]}}
  Unknown: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web}], Volumes: [{Name: files, EFSVolumeConfiguration: {FilesystemId: !Ref Files, TransitEncryption: !Ref Encryption}}]}}
  Open: {Type: AWS::EFS::FileSystem}
  Plain: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web}], Volumes: [{Name: files, EFSVolumeConfiguration: {FilesystemId: !Ref Open, RootDirectory: /web}}, {Name: scratch}]}}
  Written: {Type: AWS::EFS::FileSystem, Properties: {FileSystemPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Ref Who}, Action: "elasticfilesystem:Client*"}, {Effect: Deny, Principal: {AWS: "*"}, Action: "elasticfilesystem:ClientRootAccess", Condition: {Bool: {"aws:SecureTransport": "false"}}}]}}}
  AnyClient: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web}], Volumes: [{Name: files, EFSVolumeConfiguration: {FilesystemId: !Ref Written}}]}}
  Pointed: {Type: AWS::EFS::FileSystem, Properties: {FileSystemPolicy: {Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: "elasticfilesystem:Client*", Condition: {StringEquals: {"elasticfilesystem:AccessPointArn": !GetAtt Point.Arn}}}]}}}
  Point: {Type: AWS::EFS::AccessPoint, Properties: {FileSystemId: !Ref Open}}
  ByPoint: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web}], Volumes: [{Name: files, EFSVolumeConfiguration: {FilesystemId: !Ref Pointed, TransitEncryption: ENABLED, RootDirectory: /, AuthorizationConfig: {AccessPointId: !Ref Point, IAM: ENABLED}}}]}}
---
resource "aws_efs_file_system" "files" {}

resource "aws_efs_file_system_policy" "files" {
  file_system_id = aws_efs_file_system.files.id

  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = { AWS = "*" }, Action = "elasticfilesystem:ClientMount", Condition = { Bool = { "elasticfilesystem:AccessedViaMountTarget" = "true" } } },
    ]
  })
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web", memory = 512 }])

  volume {
    name = "files"

    efs_volume_configuration {
      file_system_id = aws_efs_file_system.files.id
    }
  }
}
---
Parameters: {Setup: {Type: String}, Options: {Type: String}}
Resources:
  Files: {Type: AWS::EFS::FileSystem, Properties: {FileSystemPolicy: {Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: ["elasticfilesystem:ClientMount"]}, {Effect: Deny, Principal: "*", Action: "*", Condition: {Bool: {"aws:SecureTransport": "false"}}}]}}}
  Open: {Type: AWS::EFS::FileSystem}
  ByTls: {Type: AWS::EC2::Instance, Properties: {ImageId: "resolve:ssm:/app/image", UserData: {"Fn::Base64": !Sub "#!/bin/bash\\nmount -t efs -o tls ${Files}:/ /srv/files\\n"}}}
  # A script with a tunnel of its own, one with lines and one with options that nobody knows, a comment, and another file system.
  Tunnel: {Type: AWS::EC2::Instance, Properties: {ImageId: "resolve:ssm:/app/image", UserData: {"Fn::Base64": !Sub "#!/bin/bash\\nstunnel /etc/${Files}.conf\\nmount -t nfs4 ${Files}.efs.${AWS::Region}.amazonaws.com:/ /srv/files\\n"}}}
  Lines: {Type: AWS::EC2::Instance, Properties: {ImageId: "resolve:ssm:/app/image", UserData: {"Fn::Base64": !Sub "#!/bin/bash\\n${Setup}\\nmount -t efs ${Files}:/ /srv/files\\n"}}}
  Chosen: {Type: AWS::EC2::Instance, Properties: {ImageId: "resolve:ssm:/app/image", UserData: {"Fn::Base64": !Sub "#!/bin/bash\\nmount -t efs -o ${Options} ${Files}:/ /srv/files\\n"}}}
  Comment: {Type: AWS::EC2::Instance, Properties: {ImageId: "resolve:ssm:/app/image", UserData: {"Fn::Base64": !Sub "#!/bin/bash\\n# mount -t nfs4 ${Files}:/ /srv/files\\n"}}}
  AnyClient: {Type: AWS::EC2::Instance, Properties: {ImageId: "resolve:ssm:/app/image", UserData: {"Fn::Base64": !Sub "#!/bin/bash\\nmount -t nfs4 ${Open}.efs.${AWS::Region}.amazonaws.com:/ /srv/files\\n"}}}
"""
