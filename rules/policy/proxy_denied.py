"""A program that logs in to a proxy by IAM should be allowed to.

A proxy of RDS with IAMAuth REQUIRED takes no password: a program needs rds-db:connect for the id of the proxy, which begins with
prx-. A policy with the resource id of the cluster or instance behind the proxy allows to log in to that, not to the proxy.

What to do: name the proxy in the policy, as in arn:aws:rds-db:REGION:ACCOUNT:dbuser:prx-ID/USER; its id is the last part of its ARN.
"""

from awslint_memo import Findings, Resource, iam_logins, proxy_clients, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::ECS::Service", "AWS::Lambda::Function"),
    memo="マルチ-AZ デプロイメント: データベースを自動的に複製し",
    aws="AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html",
)
def check(client: Resource) -> Findings:
    for refused in proxy_clients.refused(client) if client.deployment.of_type("AWS::RDS::DBProxy") else ():
        proxy, role, action = refused.proxy.title, refused.role.title, iam_logins.CONNECTS
        value, database = refused.allowed or (refused.told, None)
        instead = f"allows {action} for {database.title}, not for the proxy" if database else f"does not allow {action}"
        yield client.finding(
            value,
            f"is told of {proxy}, which refuses each of its connections, because {role} {instead}",
            do=f"allow {action} for the id of {proxy}",
            # It may hand on what it is told.
            level=None if database else "warning",
            related=[(refused.told, "tells of it"), (refused.role, "the role")],
        )


BAD = """
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders, Auth: [{AuthScheme: SECRETS, IAMAuth: REQUIRED, SecretArn: !ImportValue Secret}]}}
  Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"], Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "rds-db:connect", Resource: !Sub "arn:aws:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:${Cluster.DBClusterResourceId}/orders"}]}}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, Environment: {Variables: {DB_HOST: !GetAtt Proxy.Endpoint}}}}
---
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders, Auth: [{AuthScheme: SECRETS, IAMAuth: REQUIRED, SecretArn: !ImportValue Secret}]}}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "*"}]}}]}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web, Environment: [{Name: DB_HOST, Value: !GetAtt Proxy.Endpoint}]}]}}
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task}}
---
resource "aws_db_proxy" "orders" {
  name = "orders"

  auth {
    iam_auth   = "REQUIRED"
    secret_arn = "s"
  }
}

resource "aws_db_instance" "orders" {
  engine = "postgres"
}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "work" {
  role = aws_iam_role.work.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "rds-db:*", Resource = "arn:aws:rds-db:eu-west-1:111122223333:dbuser:${aws_db_instance.orders.resource_id}/orders" }]
  })
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = aws_iam_role.work.arn

  environment {
    variables = { DB_HOST = aws_db_proxy.orders.endpoint }
  }
}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders, Auth: [{AuthScheme: SECRETS, IAMAuth: REQUIRED, SecretArn: !ImportValue Secret}]}}
  Work: {Type: AWS::Serverless::Function, Properties: {Handler: app.handler, Environment: {Variables: {DB_HOST: !GetAtt Proxy.Endpoint}}}}
"""

GOOD = """
Parameters: {Auth: {Type: String}, Id: {Type: String}, Policy: {Type: String}}
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders, Auth: [{IAMAuth: REQUIRED, SecretArn: a}]}}
  Either: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: bills, Auth: [{IAMAuth: REQUIRED, SecretArn: a}, {IAMAuth: !Ref Auth, SecretArn: b}]}}
  Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  ByProxy: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "rds-db:connect", Resource: [!Sub "arn:aws:rds-db:eu-west-1:1:dbuser:${Cluster.DBClusterResourceId}/a", !Join ["", ["arn:aws:rds-db:eu-west-1:1:dbuser:", !Select [6, !Split [":", !GetAtt Proxy.DBProxyArn]], /a]]]}]}}]}}
  ById: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "rds-db:connect", Resource: !Sub "arn:aws:rds-db:eu-west-1:1:dbuser:${Id}/a"}]}}]}}
  ByPolicy: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy]}}
  None: {Type: AWS::IAM::Role, Properties: {}}
  Exported: {Type: AWS::IAM::Role, Properties: {}}
  A: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt ByProxy.Arn, Environment: {Variables: {HOST: !GetAtt Proxy.Endpoint}}}}
  B: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt ById.Arn, Environment: {Variables: {HOST: !GetAtt Proxy.Endpoint}}}}
  C: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt ByPolicy.Arn, Environment: {Variables: {HOST: !GetAtt Proxy.Endpoint}}}}
  D: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt None.Arn, Environment: {Variables: {HOST: !GetAtt Either.Endpoint, NAME: !Ref Proxy, CLUSTER: !GetAtt Cluster.Endpoint.Address}}}}
  E: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Exported.Arn, Environment: {Variables: {HOST: !GetAtt Proxy.Endpoint}}}}
  F: {Type: AWS::Lambda::Function, Properties: {Role: !ImportValue Role, Environment: {Variables: {HOST: !GetAtt Proxy.Endpoint}}}}
  G: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !ImportValue Task}}
Outputs: {Role: {Value: !GetAtt Exported.Arn}}
---
resource "aws_db_proxy" "orders" {
  name = "orders"

  auth {
    iam_auth   = "DISABLED"
    secret_arn = "s"
  }
}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = aws_iam_role.work.arn

  environment {
    variables = { DB_HOST = aws_db_proxy.orders.endpoint }
  }
}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders, Auth: [{AuthScheme: SECRETS, IAMAuth: REQUIRED, SecretArn: !ImportValue Secret}]}}
  Work: {Type: AWS::Serverless::Function, Properties: {Handler: app.handler, Policies: [Statement: [{Effect: Allow, Action: "rds-db:connect", Resource: "*"}]], Environment: {Variables: {DB_HOST: !GetAtt Proxy.Endpoint}}}}
"""
