resource "aws_apigatewayv2_api" "shop" {
  name          = "${var.environment}-shop"
  protocol_type = "HTTP"
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/api/${var.environment}-shop"
  retention_in_days = 90
}

resource "aws_apigatewayv2_stage" "live" {
  api_id      = aws_apigatewayv2_api.shop.id
  name        = "$default"
  auto_deploy = true
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format          = "$context.requestId $context.routeKey $context.status"
  }
  default_route_settings {
    throttling_burst_limit = 200
    throttling_rate_limit  = 100
  }
}

locals {
  routes = {
    "POST /orders"  = { uri = module.orders.alias_invoke_arn, function = module.orders.function_name, qualifier = "live" }
    "POST /returns" = { uri = module.returns.alias_invoke_arn, function = module.returns.function_name, qualifier = "live" }
    "GET /stock"    = { uri = module.stock.function_invoke_arn, function = module.stock.function_name, qualifier = null }
  }
}

resource "aws_apigatewayv2_integration" "route" {
  for_each               = local.routes
  api_id                 = aws_apigatewayv2_api.shop.id
  integration_type       = "AWS_PROXY"
  integration_uri        = each.value.uri
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "route" {
  for_each  = local.routes
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = each.key
  target    = "integrations/${aws_apigatewayv2_integration.route[each.key].id}"
}

resource "aws_lambda_permission" "route" {
  for_each      = local.routes
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  function_name = each.value.function
  qualifier     = each.value.qualifier
  source_arn    = "${aws_apigatewayv2_api.shop.execution_arn}/*/*"
}
