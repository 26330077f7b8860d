resource "aws_cloudwatch_log_group" "rest" {
  for_each          = toset(["weather", "partner"])
  name              = "/apis/${each.key}"
  retention_in_days = 90
}

resource "aws_api_gateway_rest_api" "weather" {
  name = "weather"
  endpoint_configuration {
    types = ["EDGE"]
  }
}

resource "aws_api_gateway_resource" "current" {
  rest_api_id = aws_api_gateway_rest_api.weather.id
  parent_id   = aws_api_gateway_rest_api.weather.root_resource_id
  path_part   = "current"
}

resource "aws_api_gateway_resource" "forecast" {
  rest_api_id = aws_api_gateway_rest_api.weather.id
  parent_id   = aws_api_gateway_rest_api.weather.root_resource_id
  path_part   = "forecast"
}

resource "aws_api_gateway_method" "current" {
  rest_api_id      = aws_api_gateway_rest_api.weather.id
  resource_id      = aws_api_gateway_resource.current.id
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_method" "forecast" {
  rest_api_id      = aws_api_gateway_rest_api.weather.id
  resource_id      = aws_api_gateway_resource.forecast.id
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_integration" "current" {
  rest_api_id             = aws_api_gateway_rest_api.weather.id
  resource_id             = aws_api_gateway_resource.current.id
  http_method             = aws_api_gateway_method.current.http_method
  type                    = "AWS_PROXY"
  integration_http_method = aws_api_gateway_method.current.http_method
  uri                     = aws_lambda_function.this["weather"].invoke_arn
}

resource "aws_api_gateway_integration" "forecast" {
  rest_api_id             = aws_api_gateway_rest_api.weather.id
  resource_id             = aws_api_gateway_resource.forecast.id
  http_method             = aws_api_gateway_method.forecast.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  timeout_milliseconds    = 60000
  uri                     = aws_lambda_function.this["forecast"].invoke_arn
}

resource "aws_lambda_permission" "weather" {
  for_each      = toset(["weather", "forecast"])
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this[each.key].function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.weather.execution_arn}/*/*"
}

resource "aws_api_gateway_deployment" "weather" {
  rest_api_id = aws_api_gateway_rest_api.weather.id
  depends_on  = [aws_api_gateway_integration.current, aws_api_gateway_integration.forecast]
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "weather" {
  rest_api_id          = aws_api_gateway_rest_api.weather.id
  deployment_id        = aws_api_gateway_deployment.weather.id
  stage_name           = "v1"
  xray_tracing_enabled = true
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.rest["weather"].arn
    format          = "$context.requestId $context.status $context.integration.latency"
  }
}

resource "aws_api_gateway_usage_plan" "weather" {
  name = "weather"
  api_stages {
    api_id = aws_api_gateway_rest_api.weather.id
    stage  = aws_api_gateway_stage.weather.stage_name
  }
  throttle_settings {
    rate_limit  = 10
    burst_limit = 20
  }
}

resource "aws_api_gateway_rest_api" "partner" {
  name = "partner"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "partner", version = "1" }
    paths = {
      "/history" = {
        get = {
          responses = { "200" = { description = "history" } }
          "x-amazon-apigateway-integration" = {
            type            = "aws_proxy"
            httpMethod      = "POST"
            timeoutInMillis = 45000
            uri             = aws_lambda_function.this["history"].invoke_arn
          }
        }
      }
    }
  })
}

resource "aws_lambda_permission" "partner" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this["history"].function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.partner.execution_arn}/*/GET/history"
}

resource "aws_api_gateway_deployment" "partner" {
  rest_api_id = aws_api_gateway_rest_api.partner.id
  triggers = {
    body = sha1(aws_api_gateway_rest_api.partner.body)
  }
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "partner" {
  rest_api_id          = aws_api_gateway_rest_api.partner.id
  deployment_id        = aws_api_gateway_deployment.partner.id
  stage_name           = "v1"
  xray_tracing_enabled = true
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.rest["partner"].arn
    format          = "$context.requestId $context.status $context.integration.latency"
  }
}

resource "aws_api_gateway_usage_plan" "partner" {
  name = "partner"
  api_stages {
    api_id = aws_api_gateway_rest_api.partner.id
    stage  = aws_api_gateway_stage.partner.stage_name
  }
  throttle_settings {
    rate_limit  = 5
    burst_limit = 10
  }
}

resource "aws_api_gateway_api_key" "this" {
  for_each = toset(["weather", "partner"])
  name     = "${each.key}-clients"
}

resource "aws_api_gateway_usage_plan_key" "weather" {
  key_id        = aws_api_gateway_api_key.this["weather"].id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.weather.id
}

resource "aws_api_gateway_usage_plan_key" "partner" {
  key_id        = aws_api_gateway_api_key.this["partner"].id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.partner.id
}
