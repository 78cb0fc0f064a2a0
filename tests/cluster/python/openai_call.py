"""Chats with a model as KAOS's agents of version 0.8 do, and prints the answer or the status of the refusal.

KAOS's runtime gives the SDK of OpenAI a key that means nothing. The last argument has the agent's variables.
"""

import json
import os
import sys

import openai

base_url, model, variables = sys.argv[1:]
os.environ.update(json.loads(variables))
client = openai.OpenAI(base_url=base_url, api_key="not-needed", max_retries=0)
try:
    answer = client.chat.completions.create(model=model, messages=[{"role": "user", "content": "hello"}])
    print(answer.choices[0].message.content)
except openai.APIStatusError as refusal:
    print(refusal.status_code)
