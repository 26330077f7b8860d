output "cluster_id" {
  value = aws_rds_cluster.this.id
}

output "endpoint" {
  value = aws_rds_cluster.this.endpoint
}

output "reader_endpoint" {
  value = aws_rds_cluster.this.reader_endpoint
}

output "instance_endpoints" {
  value = { for k, i in aws_rds_cluster_instance.this : k => i.endpoint }
}
