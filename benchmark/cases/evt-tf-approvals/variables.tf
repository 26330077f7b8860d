variable "stage" {
  type = string
}

variable "purchase_type" {
  type    = string
  default = "STANDARD"
}

variable "booking_function_arn" {
  description = "Alias of the booking function"
  type        = string
}

variable "alarm_topic_arns" {
  type = list(string)
}
