resource "aws_cloudwatch_log_group" "http" {
  for_each          = toset(["account", "mobile"])
  name              = "/apis/${each.key}"
  retention_in_days = 90
}

resource "aws_apigatewayv2_api" "account" {
  name          = "account"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "account" {
  api_id                 = aws_apigatewayv2_api.account.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.this["account"].invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "account" {
  api_id             = aws_apigatewayv2_api.account.id
  route_key          = "GET /account"
  target             = "integrations/${aws_apigatewayv2_integration.account.id}"
  authorization_type = "AWS_IAM"
}

resource "aws_apigatewayv2_stage" "account" {
  api_id = aws_apigatewayv2_api.account.id
  name   = "v1"
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.http["account"].arn
    format          = "$context.requestId $context.status $context.integrationErrorMessage"
  }
  default_route_settings {
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}

resource "aws_lambda_permission" "account" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this["account"].function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.account.execution_arn}/*/*"
}

resource "aws_apigatewayv2_api" "mobile" {
  name          = "mobile"
  protocol_type = "HTTP"
  target        = aws_lambda_function.this["mobile"].arn
}

resource "aws_lambda_permission" "mobile" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this["mobile"].function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.mobile.execution_arn}/*/*"
}

resource "aws_apigatewayv2_stage" "mobile" {
  api_id      = aws_apigatewayv2_api.mobile.id
  name        = "v1"
  auto_deploy = var.auto_deploy
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.http["mobile"].arn
    format          = "$context.requestId $context.status $context.integrationErrorMessage"
  }
  default_route_settings {
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}

resource "aws_cloudwatch_metric_alarm" "account" {
  alarm_name          = "account-5xx"
  namespace           = "AWS/ApiGateway"
  metric_name         = "5xx"
  dimensions          = { ApiName = aws_apigatewayv2_api.account.name, Stage = "v1" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "mobile" {
  alarm_name          = "mobile-5xx"
  namespace           = "AWS/ApiGateway"
  metric_name         = "5xx"
  dimensions          = { ApiId = aws_apigatewayv2_api.mobile.id }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "weather" {
  alarm_name          = "weather-5xx"
  namespace           = "AWS/ApiGateway"
  metric_name         = "5XXError"
  dimensions          = { ApiName = aws_api_gateway_rest_api.weather.name, Stage = aws_api_gateway_stage.weather.stage_name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
