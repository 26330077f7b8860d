"""A function at the edge should have what CloudFront takes.

Lambda@Edge takes a numbered version of a function in us-east-1, in Node.js or Python, for x86_64 and as a .zip file, without
environment variables, layers or a VPC; dead-letter queues, tracing and more than 512 MB of storage are not supported there,
which is advice. A function for events of viewers has 128 MB of memory and 5 s at most, one for events of the origin 30 s.
Lambda deploys any other function, and CloudFront then refuses the distribution.

What to do: remove what the message names. Settings may be packed into the code, or read from Parameter Store.
"""

from awslint_memo import Findings, Resource, edge, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html",
)
def check(function: Resource) -> Findings:
    for refusal in edge.refusals(function):
        outcome = "so CloudFront refuses it" if refusal.is_sure else "where that is not supported"
        message = f"{refusal.why}, but a distribution runs it at the edge, {outcome}"
        yield function.finding(refusal.value, message, do=refusal.do, level=None if refusal.is_sure else "advice")


@check.on("AWS::CloudFront::Distribution")
def version(distribution: Resource) -> Findings:
    for association in edge.associations(distribution):
        arn = association.get("LambdaFunctionARN")
        what = edge.no_version(distribution.deployment, arn)
        if what is not None:
            message = f"is {what}, but CloudFront takes a numbered version only, so the distribution is refused"
            yield distribution.finding(arn, message, of=str(arn.route), do="name a published version")


BAD = """
Resources:
  Token: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs22.x, Environment: {Variables: {ISSUER: login.example.com}}}}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Token}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {LambdaFunctionAssociations: [{EventType: viewer-request, LambdaFunctionARN: !Ref Version}]}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Token: {Type: AWS::Serverless::Function, Properties: {Runtime: nodejs22.x, Timeout: 30, AutoPublishAlias: live}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, CacheBehaviors: [{PathPattern: a, LambdaFunctionAssociations: [{EventType: viewer-response, LambdaFunctionARN: !Ref Token.Version}]}]}}}
---
Resources:
  Token: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs22.x, MemorySize: 512, Timeout: 30, EphemeralStorage: {Size: 1024}}}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Token}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {LambdaFunctionAssociations: [{EventType: origin-request, LambdaFunctionARN: !Ref Version}]}}}}
---
Resources:
  Token: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs22.x, TracingConfig: {Mode: Active}}}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Token}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {LambdaFunctionAssociations: [{EventType: origin-request, LambdaFunctionARN: !Ref Version}]}}}}
---
# deployments: {first: {AWS::Region: eu-west-1}}
Resources:
  Token: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs22.x}}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Token}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {LambdaFunctionAssociations: [{EventType: origin-request, LambdaFunctionARN: !Ref Version}]}}}}
---
Resources:
  Token: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs22.x}}
  Alias: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Token, FunctionVersion: "1", Name: live}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {LambdaFunctionAssociations: [{EventType: origin-request, LambdaFunctionARN: !Ref Alias}]}}}}
---
Resources:
  Token: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs22.x}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {LambdaFunctionAssociations: [{EventType: origin-request, LambdaFunctionARN: !GetAtt Token.Arn}]}}}}
---
Resources:
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {LambdaFunctionAssociations: [{EventType: origin-request, LambdaFunctionARN: "arn:aws:lambda:us-east-1:123456789012:function:token:$LATEST"}]}}}}
---
resource "aws_lambda_function" "token" {
  function_name = "token"
  runtime       = "python3.13"
  architectures = ["arm64"]
  memory_size   = 128
  publish       = true
}

resource "aws_cloudfront_distribution" "site" {
  default_cache_behavior {
    target_origin_id = "site"

    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = aws_lambda_function.token.qualified_arn
    }
  }
}
---
resource "aws_lambda_function" "token" {
  function_name = "token"
  runtime       = "python3.13"
  memory_size   = 128
  publish       = true

  dead_letter_config {
    target_arn = "arn:aws:sqs:us-east-1:123456789012:failed"
  }

  tracing_config {
    mode = "PassThrough"
  }
}

resource "aws_cloudfront_distribution" "site" {
  default_cache_behavior {
    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = aws_lambda_function.token.qualified_arn
    }
  }
}
---
resource "aws_lambda_function" "token" {
  function_name = "token"
  runtime       = "java21"
  memory_size   = 128
  publish       = true
}

resource "aws_cloudfront_distribution" "site" {
  ordered_cache_behavior {
    path_pattern = "/a/*"

    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = aws_lambda_function.token.qualified_arn
    }
  }
}
---
resource "aws_lambda_function" "token" {
  function_name = "token"
  runtime       = "python3.13"
  memory_size   = 256
  publish       = true
}

resource "aws_cloudfront_distribution" "site" {
  default_cache_behavior {
    lambda_function_association {
      event_type = "viewer-response"
      lambda_arn = aws_lambda_function.token.qualified_arn
    }
  }
}
---
resource "aws_lambda_function" "token" {
  function_name = "token"
  runtime       = "python3.13"
}

resource "aws_cloudfront_distribution" "site" {
  default_cache_behavior {
    lambda_function_association {
      event_type = "origin-request"
      lambda_arn = aws_lambda_function.token.qualified_arn
    }
  }
}
"""

GOOD = """
Parameters: {Event: {Type: String}, Layers: {Type: CommaDelimitedList}}
Resources:
  Token: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs22.x, MemorySize: 1024, Timeout: 30, EphemeralStorage: {Size: 512}, Layers: !Ref Layers, Environment: {Variables: {}}}}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Token}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {LambdaFunctionAssociations: [{EventType: origin-request, LambdaFunctionARN: !Ref Version}]}, CacheBehaviors: [{PathPattern: a, LambdaFunctionAssociations: [{EventType: !Ref Event, LambdaFunctionARN: !Ref Version}]}]}}}
  Elsewhere: {Type: AWS::Lambda::Function, Properties: {Runtime: java21, Timeout: 900, Environment: {Variables: {TABLE: orders}}}}
---
provider "aws" {
  alias  = "virginia"
  region = "us-east-1"
}

variable "arn" {}

resource "aws_lambda_function" "token" {
  provider      = aws.virginia
  function_name = "token"
  runtime       = "python3.13"
  architectures = ["x86_64"]
  memory_size   = 128
  timeout       = 5
  publish       = true
}

resource "aws_cloudfront_distribution" "site" {
  default_cache_behavior {
    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = aws_lambda_function.token.qualified_arn
    }

    lambda_function_association {
      event_type = "origin-request"
      lambda_arn = var.arn
    }
  }
}
"""
