"""Takes a list of configurations with variables, and prints for each whether LiteLLM starts, and for whom.

LiteLLM's own functions decide, in the order of its start: the configuration is read, then the master key is judged.
"""

import asyncio
import contextlib
import io
import json
import logging
import os
import sys
import tempfile

os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
from litellm.proxy import proxy_server  # noqa: E402
from litellm.proxy.auth import master_key_boot_check as check  # noqa: E402

logging.disable(logging.CRITICAL)
PERMIT = check.WEAK_OR_UNSET_MASTER_KEY_OVERRIDE_ENV_VAR


def starts(config: str) -> str:
    proxy_server.master_key = os.environ.get("LITELLM_MASTER_KEY")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "config.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(config)
        load = proxy_server.ProxyConfig().load_config(router=None, config_file_path=path)
        _, _, settings = asyncio.run(load)
    verdict = check.master_key_boot_verdict(
        master_key=proxy_server.master_key,
        environment_master_key=os.environ.get("LITELLM_MASTER_KEY"),
        general_settings=settings,
        config_file_path=path,
        override_env_is_on=os.environ.get(PERMIT, "").lower() == "true",
        salt_key_is_set=False,
        database_is_configured=False,
    )
    if isinstance(verdict, check.UnsafeMasterKeyRefused):
        return f"ends: {verdict.reason.value}"
    return "serves callers with the key" if isinstance(verdict, check.SafeMasterKey) else "serves everyone"


def tried(config: str, env: dict) -> str:
    before = dict(os.environ)
    os.environ.update(env)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return starts(config)
    except Exception as failure:  # LiteLLM would end with it.
        return f"ends: {type(failure).__name__}"
    finally:
        os.environ.clear()
        os.environ.update(before)


print(json.dumps([tried(case["config"], case["env"]) for case in json.loads(sys.argv[1])]))
