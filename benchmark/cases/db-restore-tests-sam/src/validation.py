import boto3

backup = boto3.client("backup")
rds = boto3.client("rds")
efs = boto3.client("efs")


def handler(event, context):
    job = backup.describe_restore_job(RestoreJobId=event["detail"]["restoreJobId"])
    if "RecoveryPointArn" not in job or not job.get("CreatedBy", {}).get("RestoreTestingPlanArn"):
        return
    resource = job["CreatedResourceArn"]
    if job["ResourceType"] == "RDS":
        found = rds.describe_db_instances(DBInstanceIdentifier=resource)["DBInstances"]
    else:
        found = efs.describe_file_systems(FileSystemId=resource.rsplit("/", 1)[-1])["FileSystems"]
    backup.put_restore_validation_result(
        RestoreJobId=job["RestoreJobId"],
        ValidationStatus="SUCCESSFUL" if found else "FAILED",
    )
