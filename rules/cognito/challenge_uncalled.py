"""Triggers of custom challenges should have a client that allows them.

Cognito calls the functions of DefineAuthChallenge, CreateAuthChallenge and VerifyAuthChallengeResponse in the flow CUSTOM_AUTH. Where every
client of the pool lists its flows, and none lists ALLOW_CUSTOM_AUTH, nobody can start that flow, and the functions are never called.

What to do: add ALLOW_CUSTOM_AUTH to ExplicitAuthFlows (Terraform: explicit_auth_flows) of the client that signs in so.
"""

from awslint_memo import Findings, Resource, cognito, listed, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::Cognito::UserPool",
    memo="リソースのプロビジョニング: AWS リソースの構築",
    aws="cognito/latest/developerguide/user-pool-lambda-challenge.html",
)
def check(pool: Resource) -> Findings:
    uncalled = cognito.uncalled(pool)
    if uncalled is not None:
        trigger, clients = uncalled
        names = listed([client.title for client in clients], 3)
        message = f"is never called, as no client of the pool ({names}) allows ALLOW_CUSTOM_AUTH"
        related = [(client.get("ExplicitAuthFlows"), "the flows") for client in clients]
        do = "add that to ExplicitAuthFlows of the client that signs in so"
        yield pool.finding(trigger, message, of=str(trigger.route), do=do, related=related)


BAD = """
Resources:
  Pool: {Type: AWS::Cognito::UserPool, Properties: {LambdaConfig: {DefineAuthChallenge: arn, CreateAuthChallenge: arn, VerifyAuthChallengeResponse: arn}}}
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: !Ref Pool, ExplicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]}}
---
resource "aws_cognito_user_pool" "pool" {
  name = "pool"

  lambda_config {
    define_auth_challenge = "arn"
  }
}

resource "aws_cognito_user_pool_client" "app" {
  name                = "app"
  user_pool_id        = aws_cognito_user_pool.pool.id
  explicit_auth_flows = ["ALLOW_REFRESH_TOKEN_AUTH"]
}
"""

GOOD = """
Parameters: {Flow: {Type: String}}
Resources:
  Pool: {Type: AWS::Cognito::UserPool, Properties: {LambdaConfig: {DefineAuthChallenge: arn}}}
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: !Ref Pool, ExplicitAuthFlows: [ALLOW_USER_SRP_AUTH]}}
  Challenged: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: !Ref Pool, ExplicitAuthFlows: [ALLOW_CUSTOM_AUTH]}}
  # A client that lists no flows allows it.
  Second: {Type: AWS::Cognito::UserPool, Properties: {LambdaConfig: {DefineAuthChallenge: arn}}}
  OfSecond: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: !Ref Second}}
  Third: {Type: AWS::Cognito::UserPool, Properties: {LambdaConfig: {DefineAuthChallenge: arn}}}
  OfThird: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: !Ref Third, ExplicitAuthFlows: [!Ref Flow]}}
  Greeting: {Type: AWS::Cognito::UserPool, Properties: {LambdaConfig: {PreSignUp: arn}}}
  OfGreeting: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: !Ref Greeting, ExplicitAuthFlows: [ALLOW_USER_SRP_AUTH]}}
---
# Another root may make a client.
resource "aws_cognito_user_pool" "pool" {
  name = "pool"

  lambda_config {
    define_auth_challenge = "arn"
  }
}
"""
