"""CloudFormation: from a document to its deployments."""
