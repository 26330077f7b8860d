variable "region" { type = string }
variable "account" { type = string }
variable "oncall_email" { type = string }
variable "code_bucket" { type = string }
variable "code_key" { type = string }
