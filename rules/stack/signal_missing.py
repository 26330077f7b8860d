"""What a stack waits for should signal.

An instance with a CreationPolicy, and a WaitCondition, are created when the signals have come that they wait for. If the script of
the instance sends none, or one for another resource, or if nothing gets to know the URL that is the WaitConditionHandle, the stack waits until
the timeout and is rolled back.

What to do: end UserData with cfn-signal --resource and the name of the instance; give the handle to what shall signal (!Ref). Scripts
that run other programs are not judged, nor is a WaitCondition that waits for a minute at most.
"""

from awslint_memo import Findings, Resource, rule, signals


@rule(
    level="warning",
    since="0.2",
    resource="AWS::EC2::Instance",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html",
    language="cloudformation",
)
def check(instance: Resource) -> Findings:
    unsignalled = signals.unsignalled(instance)
    if unsignalled is not None:
        message = f"but its script {unsignalled.sent}, so the stack times out and is rolled back"
        do, script = unsignalled.remedy, [(instance.get("UserData"), "the script")]
        of = "CreationPolicy.ResourceSignal" + (".Count" if unsignalled.asked.number is not None else "")
        yield instance.finding(unsignalled.asked, message, of=of, do=do, related=script)


@check.on("AWS::CloudFormation::WaitCondition")
def check_condition(condition: Resource) -> Findings:
    handle = signals.unreachable(condition)
    if handle is not None:
        message = f"is {handle.title}, which is given to nothing, so no signal comes and the stack times out"
        do = f"give !Ref {handle.written} to what shall signal"
        yield condition.finding(condition.get("Handle"), message, of="Handle", do=do, related=[(handle, "the handle")])


BAD = """
Resources:
  Server:
    Type: AWS::EC2::Instance
    CreationPolicy: {ResourceSignal: {Timeout: PT15M}}
    Properties:
      ImageId: ami-1
      UserData:
        Fn::Base64: |
          #!/bin/bash -xe
          dnf install -y aws-cfn-bootstrap nginx
          systemctl enable --now nginx
---
Resources:
  Blue:
    Type: AWS::EC2::Instance
    CreationPolicy: {ResourceSignal: {Count: 1, Timeout: PT15M}}
    Properties:
      ImageId: ami-1
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash -xe
          /opt/aws/bin/cfn-init --stack ${AWS::StackName} --resource Blue --region ${AWS::Region}
          /opt/aws/bin/cfn-signal -e $? --stack ${AWS::StackName} --resource=Green --region ${AWS::Region}
---
Resources:
  Handle: {Type: AWS::CloudFormation::WaitConditionHandle}
  Ready: {Type: AWS::CloudFormation::WaitCondition, DependsOn: Server, Properties: {Handle: !Ref Handle, Timeout: "900"}}
  Server: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1}}
"""

GOOD = """
Parameters: {Script: {Type: String}, Url: {Type: String}}
Resources:
  Server:
    Type: AWS::EC2::Instance
    CreationPolicy: {ResourceSignal: {Timeout: PT15M}}
    Properties:
      ImageId: ami-1
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash -xe
          # cfn-signal comes at the end
          dnf install -y nginx
          /opt/aws/bin/cfn-signal -e $? --stack ${AWS::StackName} --resource Server --region ${AWS::Region}
  Any: {Type: AWS::EC2::Instance, CreationPolicy: {ResourceSignal: {Count: 1}}, Properties: {UserData: !Ref Script}}
  OfImage: {Type: AWS::EC2::Instance, CreationPolicy: {ResourceSignal: {Count: 1}}, Properties: {ImageId: ami-2}}
  Unwaited: {Type: AWS::EC2::Instance, Properties: {UserData: {Fn::Base64: "#!/bin/bash\\ndnf install -y nginx"}}}
  Handle: {Type: AWS::CloudFormation::WaitConditionHandle}
  Ready: {Type: AWS::CloudFormation::WaitCondition, Properties: {Handle: !Ref Handle, Timeout: "900"}}
  Signals: {Type: AWS::EC2::Instance, Properties: {UserData: {Fn::Base64: !Sub "#!/bin/bash\\n/opt/aws/bin/cfn-signal '${Handle}'"}}}
  Read: {Type: AWS::CloudFormation::WaitConditionHandle}
  OfRead: {Type: AWS::CloudFormation::WaitCondition, Properties: {Handle: !Ref Read, Timeout: "900"}}
  Reads: {Type: AWS::EC2::Instance, Metadata: {AWS::CloudFormation::Init: {config: {files: {/etc/url: {content: !Ref Read}}}}}, Properties: {ImageId: ami-1}}
  Unmet: {Type: AWS::CloudFormation::WaitConditionHandle}
  Fails: {Type: AWS::CloudFormation::WaitCondition, Properties: {Handle: !Ref Unmet, Timeout: "10"}}
  None: {Type: AWS::CloudFormation::WaitCondition, Properties: {Handle: !Ref Unmet, Count: 0, Timeout: "900"}}
  Given: {Type: AWS::CloudFormation::WaitCondition, Properties: {Handle: !Ref Url, Timeout: "900"}}
---
Resources:
  Handle: {Type: AWS::CloudFormation::WaitConditionHandle}
  Ready: {Type: AWS::CloudFormation::WaitCondition, Properties: {Handle: !Ref Handle, Timeout: "900"}}
Outputs: {Url: {Value: !Ref Handle}}
---
# Terraform waits for no signal.
resource "aws_instance" "server" {
  ami       = "ami-1"
  user_data = "echo"
}
"""
