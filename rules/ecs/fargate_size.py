"""A task on Fargate should have a size that Fargate offers.

Fargate has tasks of certain sizes: for each number of CPU units there is a range of memory. A task definition with
another pair, or without one of the two, is rejected.

What to do: set Cpu and Memory to a pair of the table in the page below; with 512 CPU units, for example, 1024, 2048, 3072
or 4096 MiB. Numbers of CPU units above those of the table are not judged.
"""

from awslint_memo import Findings, Resource, ecs_services, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::TaskDefinition",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/developerguide/task-cpu-memory-error.html",
)
def check(task: Resource) -> Findings:
    if not ecs_services.is_on_fargate(task):
        return
    cpu, memory = task.get("Cpu"), task.get("Memory")
    units, mebibytes = ecs_services.units(cpu), ecs_services.units(memory)
    names = [task.property_names.get(name, name) for name in ("Cpu", "Memory")]
    for name, value in zip(names, (cpu, memory), strict=True):
        if value.is_absent:
            yield task.finding(value, "but Fargate rejects a task without it", of=name, do="set it")
    sizes = sorted(ecs_services.FARGATE_SIZES)
    if units is None or units > sizes[-1]:
        return
    if units not in sizes:
        larger = next(size for size in sizes if size > units)
        yield task.finding(cpu, "but Fargate has no such size", do=f"set it to {larger}, for example")
    elif mebibytes is None or ecs_services.are_chosen_apart(cpu, memory):
        return
    elif not ecs_services.is_fargate_memory(int(units), mebibytes):
        least, most, step = ecs_services.FARGATE_SIZES[int(units)]
        message = f"but with {names[0]} {cpu.text} Fargate has {least} to {most} MiB, in steps of {step}"
        do = f"set it to {min(most, max(least, -int(-mebibytes // step) * step))}"
        yield task.finding(memory, message, do=do, related=[(cpu, "the CPU units")])


BAD = """
Resources:
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], Cpu: "256", Memory: "4096"}}
---
Resources:
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [EC2, FARGATE], Cpu: 1 vCPU, Memory: 1GB}}
---
Resources:
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], Cpu: "300", Memory: "1024"}}
---
Resources:
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], Cpu: "256"}}
---
Resources:
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {Cpu: "8192", Memory: "17408"}}
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, LaunchType: FARGATE}}
---
Parameters: {Stage: {Type: String, Default: dev}}
Mappings:
  Sizes: {dev: {Cpu: 256, Memory: 512}, prod: {Cpu: 512, Memory: 512}}
Resources:
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], Cpu: !FindInMap [Sizes, !Ref Stage, Cpu], Memory: !FindInMap [Sizes, !Ref Stage, Memory]}}
---
resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 512
}
---
resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  memory                   = 512
}
"""

GOOD = """
Parameters: {Cpu: {Type: String}, Memory: {Type: String}, Task: {Type: String}}
Resources:
  Smallest: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], Cpu: "256", Memory: "512"}}
  Words: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], Cpu: .5 vcpu, Memory: 1 GB}}
  Largest: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], Cpu: "16384", Memory: "122880"}}
  Larger: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], Cpu: "32768", Memory: "245760"}}
  AnyCpu: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], Cpu: !Ref Cpu, Memory: "300"}}
  AnyMemory: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], Cpu: "256", Memory: !Ref Memory}}
  OnInstances: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [EC2], Cpu: "300", Memory: "300"}}
  Elsewhere: {Type: AWS::ECS::TaskDefinition, Properties: {Cpu: "300"}}
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, LaunchType: FARGATE}}
  Jobs: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Elsewhere, LaunchType: EC2}}
---
Parameters: {Cpu: {Type: String, Default: small}, Memory: {Type: String, Default: small}}
Mappings:
  CpuUnits: {small: {Cpu: 256}, large: {Cpu: 512}}
  Mebibytes: {small: {Memory: 512}, large: {Memory: 4096}}
Resources:
  # Who deploys it chooses a pair.
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {RequiresCompatibilities: [FARGATE], Cpu: !FindInMap [CpuUnits, !Ref Cpu, Cpu], Memory: !FindInMap [Mebibytes, !Ref Memory, Memory]}}
---
resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "2048"
  memory                   = "5120"
}
"""
