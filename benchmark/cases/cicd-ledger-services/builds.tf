variable "build_role_arn" {
  type = string
}

locals {
  builds = {
    entries    = { type = "ARM_CONTAINER", image = "aws/codebuild/amazonlinux2-aarch64-standard:3.0", command = "docker build" }
    statements = { type = "LINUX_CONTAINER", image = "aws/codebuild/standard:7.0", command = "docker build" }
    audit      = { type = "ARM_CONTAINER", image = "aws/codebuild/amazonlinux2-aarch64-standard:3.0", command = "docker buildx build --load --platform linux/amd64" }
  }
}

resource "aws_codebuild_project" "image" {
  for_each      = local.builds
  name          = "ledger-${each.key}-image"
  service_role  = var.build_role_arn
  build_timeout = 40
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    type            = each.value.type
    image           = each.value.image
    compute_type    = "BUILD_GENERAL1_LARGE"
    privileged_mode = true
    environment_variable {
      name  = "REPO"
      value = aws_ecr_repository.app[each.key].repository_url
    }
  }
  source {
    type      = "CODEPIPELINE"
    buildspec = <<-YAML
      version: 0.2
      phases:
        pre_build:
          commands:
            - aws ecr get-login-password | docker login --username AWS --password-stdin $${REPO%%/*}
            - docker run --privileged --rm public.ecr.aws/eks-distro-build-tooling/binfmt-misc:qemu-v7.0.0 --install all
        build:
          commands:
            - ${each.value.command} -t $REPO:b$CODEBUILD_BUILD_NUMBER .
            - docker push $REPO:b$CODEBUILD_BUILD_NUMBER
            - printf '{"ImageURI":"%s"}' $REPO:b$CODEBUILD_BUILD_NUMBER > imageDetail.json
      artifacts:
        files: [imageDetail.json, appspec.yaml, taskdef.json]
    YAML
  }
}
