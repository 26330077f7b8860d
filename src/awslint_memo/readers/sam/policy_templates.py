"""What the policy templates of SAM allow.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
lists them; they were compared on 2026-11-30 with the templates of AWS's translator, as a test does.
"""

from __future__ import annotations

from collections.abc import Mapping

_ON_NAMED: Mapping[str, str] = {
    "AWSSecretsManagerGetSecretValuePolicy": "secretsmanager GetSecretValue",
    "AcmGetCertificatePolicy": "acm GetCertificate",
    "AthenaQueryPolicy": (
        "athena BatchGetNamedQuery BatchGetQueryExecution CreateNamedQuery DeleteNamedQuery GetNamedQuery "
        "GetQueryExecution GetQueryResults GetQueryResultsStream GetWorkGroup ListNamedQueries "
        "ListQueryExecutions StartQueryExecution StopQueryExecution"
    ),
    "CodeCommitCrudPolicy": (
        "codecommit BatchDescribeMergeConflicts BatchGetCommits BatchGetPullRequests CancelUploadArchive "
        "CreateBranch CreateCommit CreatePullRequest CreateUnreferencedMergeCommit DeleteBranch "
        "DeleteCommentContent DeleteFile DescribeMergeConflicts DescribePullRequestEvents GetBlob GetBranch "
        "GetComment GetCommentsForComparedCommit GetCommentsForPullRequest GetCommit GetCommitHistory "
        "GetCommitsFromMergeBase GetDifferences GetFile GetFolder GetMergeCommit GetMergeConflicts "
        "GetMergeOptions GetObjectIdentifier GetPullRequest GetReferences GetRepository GetRepositoryTriggers "
        "GetTree GetUploadArchiveStatus GitPull GitPush ListBranches ListPullRequests ListTagsForResource "
        "MergeBranchesByFastForward MergeBranchesBySquash MergeBranchesByThreeWay MergePullRequestByFastForward "
        "MergePullRequestBySquash MergePullRequestByThreeWay PostCommentForComparedCommit "
        "PostCommentForPullRequest PostCommentReply PutFile PutRepositoryTriggers TagResource "
        "TestRepositoryTriggers UntagResource UpdateComment UpdateDefaultBranch UpdatePullRequestDescription "
        "UpdatePullRequestStatus UpdatePullRequestTitle UpdateRepositoryDescription UploadArchive"
    ),
    "CodeCommitReadPolicy": (
        "codecommit BatchDescribeMergeConflicts BatchGetCommits BatchGetPullRequests DescribeMergeConflicts "
        "DescribePullRequestEvents GetBlob GetBranch GetComment GetCommentsForComparedCommit "
        "GetCommentsForPullRequest GetCommit GetCommitHistory GetCommitsFromMergeBase GetDifferences GetFile "
        "GetFolder GetMergeCommit GetMergeConflicts GetMergeOptions GetObjectIdentifier GetPullRequest "
        "GetReferences GetRepository GetRepositoryTriggers GetTree GetUploadArchiveStatus GitPull ListBranches "
        "ListPullRequests ListTagsForResource TestRepositoryTriggers"
    ),
    "CodePipelineReadOnlyPolicy": "codepipeline ListPipelineExecutions",
    "DynamoDBBackupFullAccessPolicy": (
        "dynamodb CreateBackup DeleteBackup DescribeBackup DescribeContinuousBackups ListBackups"
    ),
    "DynamoDBCrudPolicy": (
        "dynamodb BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem DescribeTable GetItem PutItem Query "
        "Scan UpdateItem"
    ),
    "DynamoDBReadPolicy": "dynamodb BatchGetItem DescribeTable GetItem Query Scan",
    "DynamoDBReconfigurePolicy": "dynamodb UpdateTable",
    "DynamoDBRestoreFromBackupPolicy": (
        "dynamodb BatchWriteItem DeleteItem GetItem PutItem Query RestoreTableFromBackup Scan UpdateItem"
    ),
    "DynamoDBStreamReadPolicy": "dynamodb DescribeStream GetRecords GetShardIterator ListStreams",
    "DynamoDBWritePolicy": "dynamodb BatchWriteItem PutItem UpdateItem",
    "EC2CopyImagePolicy": "ec2 CopyImage",
    "EFSWriteAccessPolicy": "elasticfilesystem ClientMount ClientWrite",
    "EcsRunTaskPolicy": "ecs RunTask",
    "ElasticMapReduceAddJobFlowStepsPolicy": "elasticmapreduce AddJobFlowSteps",
    "ElasticMapReduceCancelStepsPolicy": "elasticmapreduce CancelSteps",
    "ElasticMapReduceModifyInstanceFleetPolicy": "elasticmapreduce ListInstanceFleets ModifyInstanceFleet",
    "ElasticMapReduceModifyInstanceGroupsPolicy": "elasticmapreduce ListInstanceGroups ModifyInstanceGroups",
    "ElasticMapReduceSetTerminationProtectionPolicy": "elasticmapreduce SetTerminationProtection",
    "ElasticMapReduceTerminateJobFlowsPolicy": "elasticmapreduce TerminateJobFlows",
    "ElasticsearchHttpPostPolicy": "es ESHttpPost ESHttpPut",
    "EventBridgePutEventsPolicy": "events PutEvents",
    "FilterLogEventsPolicy": "logs FilterLogEvents",
    "FirehoseCrudPolicy": (
        "firehose CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord PutRecordBatch "
        "UpdateDestination"
    ),
    "FirehoseWritePolicy": "firehose PutRecord PutRecordBatch",
    "KMSDecryptPolicy": "kms Decrypt",
    "KMSEncryptPolicy": "kms Encrypt",
    "KMSEncryptPolicy_v2": (
        "kms Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext "
        "GenerateDataKeyWithoutPlaintext"
    ),
    "KinesisCrudPolicy": (
        "kinesis AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream "
        "DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream MergeShards "
        "PutRecord PutRecords RemoveTagsFromStream SplitShard"
    ),
    "KinesisStreamReadPolicy": "kinesis DescribeStream DescribeStreamSummary GetRecords GetShardIterator",
    "LambdaInvokePolicy": "lambda InvokeFunction",
    "PinpointEndpointAccessPolicy": "mobiletargeting GetEndpoint UpdateEndpoint UpdateEndpointsBatch",
    "PollyFullAccessPolicy": "polly DeleteLexicon GetLexicon",
    "RekognitionFacesManagementPolicy": "rekognition DeleteFaces IndexFaces ListFaces SearchFaces SearchFacesByImage",
    "RekognitionNoDataAccessPolicy": "rekognition CompareFaces DetectFaces DetectLabels DetectModerationLabels",
    "RekognitionReadPolicy": "rekognition ListCollections ListFaces SearchFaces SearchFacesByImage",
    "RekognitionWriteOnlyAccessPolicy": "rekognition CreateCollection IndexFaces",
    "Route53ChangeResourceRecordSetsPolicy": "route53 ChangeResourceRecordSets",
    "S3CrudPolicy": (
        "s3 DeleteObject GetBucketLocation GetLifecycleConfiguration GetObject GetObjectVersion ListBucket "
        "PutLifecycleConfiguration PutObject PutObjectAcl"
    ),
    "S3FullAccessPolicy": (
        "s3 DeleteObject DeleteObjectTagging DeleteObjectVersionTagging GetBucketLocation "
        "GetLifecycleConfiguration GetObject GetObjectAcl GetObjectTagging GetObjectVersion "
        "GetObjectVersionTagging ListBucket PutLifecycleConfiguration PutObject PutObjectAcl PutObjectTagging "
        "PutObjectVersionTagging"
    ),
    "S3ReadPolicy": "s3 GetBucketLocation GetLifecycleConfiguration GetObject GetObjectVersion ListBucket",
    "S3WritePolicy": "s3 PutLifecycleConfiguration PutObject PutObjectAcl",
    "SESBulkTemplatedCrudPolicy": (
        "ses GetIdentityVerificationAttributes SendBulkTemplatedEmail SendEmail SendRawEmail SendTemplatedEmail "
        "VerifyEmailIdentity"
    ),
    "SESBulkTemplatedCrudPolicy_v2": "ses SendBulkTemplatedEmail SendEmail SendRawEmail SendTemplatedEmail",
    "SESCrudPolicy": "ses GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity",
    "SESSendBouncePolicy": "ses SendBounce",
    "SNSCrudPolicy": "sns CreateTopic ListSubscriptionsByTopic Publish SetTopicAttributes Subscribe",
    "SNSPublishMessagePolicy": "sns Publish",
    "SQSPollerPolicy": (
        "sqs ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch "
        "GetQueueAttributes ReceiveMessage"
    ),
    "SQSSendMessagePolicy": "sqs SendMessage*",
    "SSMParameterReadPolicy": "ssm GetParameter GetParameters GetParametersByPath",
    "SSMParameterWithSlashPrefixReadPolicy": "ssm GetParameter GetParameters GetParametersByPath",
    "SageMakerCreateEndpointConfigPolicy": "sagemaker CreateEndpointConfig",
    "SageMakerCreateEndpointPolicy": "sagemaker CreateEndpoint",
    "StepFunctionsCallbackPolicy": "states SendTaskFailure SendTaskHeartbeat SendTaskSuccess",
    "StepFunctionsExecutionPolicy": "states StartExecution",
    "StepFunctionsExecutionPolicy_v2": "states StartExecution StartSyncExecution",
}
"""By policy template, its service and the actions that it allows on what its parameters name."""

_ON_ALL: Mapping[str, str] = {
    "AMIDescribePolicy": "ec2 DescribeImages",
    "AWSSecretsManagerRotationPolicy": (
        "secretsmanager DescribeSecret GetRandomPassword GetSecretValue PutSecretValue UpdateSecretVersionStage"
    ),
    "AthenaQueryPolicy": (
        "athena GetCatalogs GetExecutionEngine GetExecutionEngines GetNamespace GetNamespaces GetTable GetTables "
        "ListWorkGroups"
    ),
    "CloudFormationDescribeStacksPolicy": "cloudformation DescribeStacks",
    "CloudWatchDashboardPolicy": "cloudwatch GetDashboard ListDashboards ListMetrics PutDashboard",
    "CloudWatchDescribeAlarmHistoryPolicy": "cloudwatch DescribeAlarmHistory",
    "CloudWatchPutMetricPolicy": "cloudwatch PutMetricData",
    "CodePipelineLambdaExecutionPolicy": "codepipeline PutJobFailureResult PutJobSuccessResult",
    "ComprehendBasicAccessPolicy": (
        "comprehend BatchDetectDominantLanguage BatchDetectEntities BatchDetectKeyPhrases BatchDetectSentiment "
        "DetectDominantLanguage DetectEntities DetectKeyPhrases DetectSentiment"
    ),
    "CostExplorerReadOnlyPolicy": (
        "ce GetCostAndUsage GetDimensionValues GetReservationCoverage GetReservationPurchaseRecommendation "
        "GetReservationUtilization GetTags"
    ),
    "EC2DescribePolicy": "ec2 DescribeInstances DescribeRegions",
    "EKSDescribePolicy": "eks DescribeCluster ListClusters",
    "KinesisStreamReadPolicy": "kinesis DescribeLimits ListStreams",
    "MobileAnalyticsWriteOnlyAccessPolicy": "mobileanalytics PutEvents",
    "OrganizationsListAccountsPolicy": "organizations ListAccounts",
    "PollyFullAccessPolicy": "polly DescribeVoices ListLexicons PutLexicon SynthesizeSpeech",
    "RekognitionDetectOnlyPolicy": "rekognition DetectFaces DetectLabels DetectModerationLabels DetectText",
    "RekognitionFacesPolicy": "rekognition CompareFaces DetectFaces",
    "RekognitionLabelsPolicy": "rekognition DetectLabels DetectModerationLabels",
    "SESBulkTemplatedCrudPolicy_v2": "ses GetIdentityVerificationAttributes VerifyEmailIdentity",
    "SESEmailTemplateCrudPolicy": (
        "ses CreateTemplate DeleteTemplate GetTemplate ListTemplates TestRenderTemplate UpdateTemplate"
    ),
    "SSMParameterReadPolicy": "ssm DescribeParameters",
    "SSMParameterWithSlashPrefixReadPolicy": "ssm DescribeParameters",
    "ServerlessRepoReadWriteAccessPolicy": (
        "serverlessrepo CreateApplication CreateApplicationVersion GetApplication ListApplicationDependencies "
        "ListApplicationVersions ListApplications UpdateApplication"
    ),
    "TextractDetectAnalyzePolicy": (
        "textract AnalyzeDocument DetectDocumentText StartDocumentAnalysis StartDocumentTextDetection"
    ),
    "TextractGetResultPolicy": "textract GetDocumentAnalysis GetDocumentTextDetection",
    "TextractPolicy": "textract *",
    "VPCAccessPolicy": (
        "ec2 CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface"
    ),
}
"""By policy template, its service and the actions that it allows on all resources, or all of a kind."""

CONDITIONAL = frozenset(("AWSSecretsManagerRotationPolicy", "EFSWriteAccessPolicy"))
"""The policy templates that allow their actions under a condition only."""

NAMES = frozenset((*_ON_NAMED, *_ON_ALL))


def on_named(name: str) -> list[str]:
    """The actions that a policy template allows on what its parameters name, as "sqs:ReceiveMessage"."""
    return _in_full(_ON_NAMED.get(name, ""))


def on_all(name: str) -> list[str]:
    """The actions that a policy template allows whatever its parameters name."""
    return _in_full(_ON_ALL.get(name, ""))


def _in_full(text: str) -> list[str]:
    service, *actions = text.split() or [""]
    return [f"{service}:{action}" for action in actions]
