"""Changes to rules that can't be noticed, because the changed rule reports the same; by rule, with the reason.

A change stands here as the bench prints it. Where the condition could be left out, it is left out instead.
"""

from __future__ import annotations

from collections.abc import Mapping

_SAVES = "It saves a module where the source is of the same stack, and so of the same Region."

EQUIVALENT: Mapping[str, Mapping[str, str]] = {
    "backup-expires-early": {
        "0 < seconds < gap  ->  1 < seconds < gap": "Backups are kept for whole days.",
    },
    "policy-proxy-denied": {
        "proxy_clients.refused(client) if client.deployment.of_type('AWS::RDS::DBProxy') else ()  ->  "
        "proxy_clients.refused(client) if True else ()": "It saves a module where there is no proxy.",
    },
    "policy-service-unable": {
        "() if named.is_absent else service_roles.unable(user, named)  ->  "
        "() if False else service_roles.unable(user, named)": "It saves a module where no role is named.",
    },
    "rds-iam-login-off": {
        "iam_logins.refused(database) if is_allowed else None  ->  iam_logins.refused(database) if True else None": (
            "It saves a module where nobody is allowed."
        ),
    },
    "rds-log-export-idle": {
        "if database.get('EnableCloudwatchLogsExports').is_absent:  ->  if False:": (
            "It saves a module where no log is exported."
        ),
    },
    "region-key": {
        "not is_of_stack and (not all((source.is_absent for source in sources)))  ->  "
        "not all((source.is_absent for source in sources))": _SAVES,
        "user.language == 'cloudformation'  ->  user.language == 'cloudformationx'": _SAVES,
        "any(map(user.deployment.find, sources))  ->  all(map(user.deployment.find, sources))": _SAVES,
    },
}
