"""A lifecycle policy of Image Builder should be one that it accepts, and delete what costs.

A COUNT filter goes with DELETE only, an AGE filter needs a Unit, snapshots are included together with their AMIs, and images
are selected by recipes or by tags. A policy that deletes images without IncludeResources.Amis leaves their AMIs and
snapshots, which cost.

What to do: write the filter, the action and the selection as above, and set Amis and Snapshots of IncludeResources
(Terraform: include_resources) to true where AMIs are to go too. Policies of container images are not asked for AMIs.
"""

from awslint_memo import Findings, Resource, Value, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ImageBuilder::LifecyclePolicy",
    memo="仮想マシンイメージまたはコンテナイメージを自動で作成するサービスです",
    aws="imagebuilder/latest/APIReference/API_LifecyclePolicyDetail.html",
)
def check(policy: Resource) -> Findings:
    tags, recipes = policy.get("ResourceSelection.TagMap"), policy.get("ResourceSelection.Recipes")
    if tags.fields and recipes.is_known and recipes.items:
        message = "stands beside Recipes, but Image Builder takes one of them, so it refuses the policy"
        yield policy.finding(tags, message, of="TagMap", do="remove one of them", related=[(recipes, "Recipes")])
    is_of_amis = policy.get("ResourceType").text == "AMI_IMAGE"
    for detail in policy.get("PolicyDetails").items:
        yield from refused(policy, detail)
        action, snapshots = detail.get("Action.Type"), detail.get("Action.IncludeResources.Snapshots")
        if is_of_amis and action.text == "DELETE" and leaves_amis(detail) and snapshots.flag is not True:
            message = "so AMIs and their snapshots stay when an image is deleted, and cost"
            do = "set Amis and Snapshots of IncludeResources to true"
            yield policy.finding(action, message, of="Action.Type", do=do, level="advice")


def refused(policy: Resource, detail: Value) -> Findings:
    action, filtered = detail.get("Action.Type"), detail.get("Filter.Type")
    if filtered.text == "COUNT" and action.text not in (None, "DELETE"):
        message = f"but the action is {action.text}{action.note}, so Image Builder refuses the policy"
        yield policy.finding(filtered, message, of="Filter.Type", do="set it to AGE", related=[(action, "the action")])
    unit = detail.get("Filter.Unit")
    if filtered.text == "AGE" and unit.is_absent:
        message = "has a filter by AGE without Unit, so Image Builder refuses the policy"
        yield policy.finding(filtered, message, do="set Unit to DAYS, WEEKS, MONTHS or YEARS")
    snapshots = detail.get("Action.IncludeResources.Snapshots")
    if snapshots.flag is True and leaves_amis(detail):
        message = "but Amis is not, so Image Builder refuses the policy"
        yield policy.finding(snapshots, message, of="IncludeResources.Snapshots", do="set Amis to true too")


def leaves_amis(detail: Value) -> bool:
    amis = detail.get("Action.IncludeResources.Amis")
    return amis.is_absent or amis.flag is False


BAD = """
Resources:
  Cleaning:
    Type: AWS::ImageBuilder::LifecyclePolicy
    Properties:
      ResourceType: AMI_IMAGE
      PolicyDetails: [{Action: {Type: DISABLE}, Filter: {Type: COUNT, Value: 5}}]
---
Resources:
  Cleaning:
    Type: AWS::ImageBuilder::LifecyclePolicy
    Properties:
      ResourceType: CONTAINER_IMAGE
      PolicyDetails: [{Action: {Type: DELETE}, Filter: {Type: AGE, Value: 6}}]
---
Resources:
  Cleaning:
    Type: AWS::ImageBuilder::LifecyclePolicy
    Properties:
      ResourceType: AMI_IMAGE
      PolicyDetails: [{Action: {Type: DELETE, IncludeResources: {Snapshots: true}}, Filter: {Type: COUNT, Value: 6}}]
---
Resources:
  Cleaning:
    Type: AWS::ImageBuilder::LifecyclePolicy
    Properties:
      ResourceType: AMI_IMAGE
      PolicyDetails: [{Action: {Type: DELETE, IncludeResources: {Amis: "false"}}, Filter: {Type: COUNT, Value: 6}}]
---
Resources:
  Cleaning:
    Type: AWS::ImageBuilder::LifecyclePolicy
    Properties:
      ResourceType: AMI_IMAGE
      PolicyDetails: [{Action: {Type: DELETE}, Filter: {Type: COUNT, Value: 6}}]
---
resource "aws_imagebuilder_lifecycle_policy" "cleaning" {
  resource_type = "AMI_IMAGE"

  policy_detail {
    action {
      type = "DELETE"

      include_resources {
        amis      = true
        snapshots = true
      }
    }

    filter {
      type  = "COUNT"
      value = 6
    }
  }

  resource_selection {
    tag_map = {
      App = "shop"
    }

    recipe {
      name             = "shop"
      semantic_version = "1.0.0"
    }
  }
}
"""

GOOD = """
Parameters: {Kind: {Type: String}, Unit: {Type: String}, Included: {Type: String}, Recipes: {Type: String}}
Resources:
  Cleaning:
    Type: AWS::ImageBuilder::LifecyclePolicy
    Properties:
      ResourceType: AMI_IMAGE
      ResourceSelection: {TagMap: {App: shop}}
      PolicyDetails:
        - {Action: {Type: DELETE, IncludeResources: {Amis: true, Snapshots: true}}, Filter: {Type: COUNT, Value: 6}}
        - {Action: {Type: DISABLE}, Filter: {Type: AGE, Value: 6, Unit: !Ref Unit}}
  Containers:
    Type: AWS::ImageBuilder::LifecyclePolicy
    Properties:
      ResourceType: CONTAINER_IMAGE
      ResourceSelection: {Recipes: [{Name: shop, SemanticVersion: 1.0.0}]}
      PolicyDetails: [{Action: {Type: DELETE, IncludeResources: {Containers: true}}, Filter: {Type: COUNT, Value: 6}}]
  EmptyTags: {Type: AWS::ImageBuilder::LifecyclePolicy, Properties: {ResourceSelection: {TagMap: {}, Recipes: [{Name: shop, SemanticVersion: 1.0.0}]}}}
  EmptyRecipes: {Type: AWS::ImageBuilder::LifecyclePolicy, Properties: {ResourceSelection: {TagMap: {App: shop}, Recipes: []}}}
  AnyRecipes: {Type: AWS::ImageBuilder::LifecyclePolicy, Properties: {ResourceSelection: {TagMap: {App: shop}, Recipes: !Ref Recipes}}}
  Unknown:
    Type: AWS::ImageBuilder::LifecyclePolicy
    Properties:
      ResourceType: AMI_IMAGE
      PolicyDetails:
        - {Action: {Type: DELETE, IncludeResources: {Amis: !Ref Included}}, Filter: {Type: COUNT, Value: 6}}
        - {Action: {Type: !Ref Kind}, Filter: {Type: COUNT, Value: 6}}
        - {Action: {Type: DELETE, IncludeResources: {Amis: !Ref Included, Snapshots: true}}, Filter: {Type: COUNT, Value: 6}}
---
resource "aws_imagebuilder_lifecycle_policy" "cleaning" {
  resource_type = "AMI_IMAGE"

  policy_detail {
    action {
      type = "DEPRECATE"
    }

    filter {
      type  = "AGE"
      value = 6
      unit  = "MONTHS"
    }
  }
}
"""
