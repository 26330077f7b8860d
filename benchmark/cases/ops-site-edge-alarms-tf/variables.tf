variable "distribution_id" {
  type = string
}

variable "assets_distribution_id" {
  type = string
}

variable "api_health_check_id" {
  type = string
}

variable "origin_load_balancer" {
  description = "app/name/id of the origin's load balancer in eu-west-1"
  type        = string
}

variable "origin_target_group" {
  description = "targetgroup/name/id"
  type        = string
}

variable "status_topic_arn" {
  description = "Topic of the status page, owned by the support team"
  type        = string
}

variable "on_call_email" {
  type = string
}
