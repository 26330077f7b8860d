"""A client of a user pool should have settings that Cognito takes.

Without TokenValidityUnits, AccessTokenValidity and IdTokenValidity are hours and RefreshTokenValidity days: 60 is 60 hours, which Cognito
refuses. Access and id tokens are valid for 5 minutes to a day and no longer than the refresh token, which is valid for an hour to 10 years.
Flows whose names begin with ALLOW_ don't stand beside older ones; client_credentials stands alone and needs a secret; a client for OAuth
needs grants and scopes. Callback URLs are HTTPS, but for localhost. Grants without AllowedOAuthFlowsUserPoolClient have no effect.

What to do: write the units, or what the message names.
"""

from awslint_memo import Findings, Resource, cognito, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Cognito::UserPoolClient",
    memo="リソースのプロビジョニング: AWS リソースの構築",
    aws="cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html",
)
def check(client: Resource) -> Findings:
    for refused in cognito.refused(client):
        related = [] if refused.beside is None else [(refused.beside, "beside it")]
        value, message, of, do = refused.value, refused.message, refused.of, refused.remedy
        if refused.is_idle:
            yield client.finding(value, message, of=of, do=do, related=related, level="warning")
        else:
            yield client.finding(value, message, of=of, do=do, related=related)


BAD = """
Resources:
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, AccessTokenValidity: 60}}
---
Resources:
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, RefreshTokenValidity: 30, TokenValidityUnits: {RefreshToken: minutes}}}
---
Resources:
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, IdTokenValidity: 12, RefreshTokenValidity: 2, TokenValidityUnits: {RefreshToken: hours}}}
---
Resources:
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, ExplicitAuthFlows: [ALLOW_USER_SRP_AUTH, USER_PASSWORD_AUTH]}}
---
Resources:
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, GenerateSecret: true, AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: [code, client_credentials], AllowedOAuthScopes: [openid]}}
---
Resources:
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: [client_credentials], AllowedOAuthScopes: [orders/read]}}
---
Resources:
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: [code], CallbackURLs: ["https://shop.example.com"]}}
---
Resources:
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, AllowedOAuthFlows: [code], AllowedOAuthScopes: [openid], CallbackURLs: ["https://shop.example.com"]}}
---
Resources:
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, CallbackURLs: ["http://shop.example.com/back"]}}
---
Resources:
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, CallbackURLs: ["https://shop.example.com/back"], DefaultRedirectURI: "https://shop.example.com"}}
---
Resources:
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, AuthSessionValidity: 30}}
---
Resources:
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, EnablePropagateAdditionalUserContextData: true}}
---
resource "aws_cognito_user_pool_client" "app" {
  name              = "app"
  user_pool_id      = "p"
  id_token_validity = 60

  token_validity_units {
    access_token = "minutes"
  }
}
---
resource "aws_cognito_user_pool_client" "app" {
  name                = "app"
  user_pool_id        = "p"
  explicit_auth_flows = ["ADMIN_NO_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}
"""

GOOD = """
Parameters: {Minutes: {Type: Number}, Unit: {Type: String}, Url: {Type: String}, Flow: {Type: String}}
Resources:
  App: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, AccessTokenValidity: 60, IdTokenValidity: 60, RefreshTokenValidity: 30, TokenValidityUnits: {AccessToken: minutes, IdToken: minutes}, ExplicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH], AuthSessionValidity: 3}}
  # Cognito makes 30 days of 0.
  Default: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, RefreshTokenValidity: 0, AccessTokenValidity: 24}}
  Any: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, AccessTokenValidity: !Ref Minutes, IdTokenValidity: 60, TokenValidityUnits: {IdToken: !Ref Unit}, ExplicitAuthFlows: [USER_PASSWORD_AUTH, !Ref Flow]}}
  Web: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, GenerateSecret: true, EnablePropagateAdditionalUserContextData: true, AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: [code, implicit], AllowedOAuthScopes: [openid], CallbackURLs: ["http://localhost:3000", "myapp://back", !Ref Url], DefaultRedirectURI: "https://shop.example.com"}}
  Machine: {Type: AWS::Cognito::UserPoolClient, Properties: {UserPoolId: p, GenerateSecret: true, AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: [client_credentials], AllowedOAuthScopes: [orders/read]}}
---
resource "aws_cognito_user_pool_client" "app" {
  name                   = "app"
  user_pool_id           = "p"
  access_token_validity  = 15
  id_token_validity      = 15
  refresh_token_validity = 7

  token_validity_units {
    access_token = "minutes"
    id_token     = "minutes"
  }
}
"""
