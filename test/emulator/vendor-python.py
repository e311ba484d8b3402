"""Makes calls with the vendor's Python client: what to call on standard input, the answers on standard output."""

import importlib
import json
import sys

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.auth.credentials import AccessKeyCredential, StsTokenCredential
from aliyunsdkcore.client import AcsClient


def credential_of(keys):
    if keys.get("securityToken"):
        return StsTokenCredential(keys["accessKeyId"], keys["accessKeySecret"], keys["securityToken"])
    return AccessKeyCredential(keys["accessKeyId"], keys["accessKeySecret"])


def answer_of(client, endpoint, call):
    name = call["operation"] + "Request"
    request = getattr(importlib.import_module("aliyunsdkcdn.request.v20180510." + name), name)()
    request.set_endpoint(endpoint)
    request.set_protocol_type("http")
    request.set_accept_format("json")
    request.set_method(call.get("method", "POST"))
    for parameter, value in call.get("parameters", {}).items():
        getattr(request, "set_" + parameter)(value)
    try:
        return {"body": json.loads(client.do_action_with_exception(request))}
    except ServerException as error:
        return {"code": error.get_error_code(), "status": error.get_http_status()}


work = json.load(sys.stdin)
client = AcsClient(credential=credential_of(work["keys"]), region_id="cn-hangzhou", auto_retry=False)
json.dump([answer_of(client, work["endpoint"], call) for call in work["calls"]], sys.stdout)
