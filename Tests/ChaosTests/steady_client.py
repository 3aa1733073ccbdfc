"""Writes and reads accounts without a pause until a file appears, and tells as JSON what became of it.

    steady_client.py PORT AUTHORITY TOKEN THREADS STOP
"""
import http.client
import json
import os
import ssl
import sys
import threading
import time

port, authority, token, threads, stop = sys.argv[1:]
context = ssl.create_default_context(cafile=authority)
lock = threading.Lock()
told = {"made": 0, "read": 0, "slowest": 0.0, "failures": []}


def ask(connection, method, path, body=None):
    headers = {"Authorization": f"Bearer {token}"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    began = time.monotonic()
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read()
    with lock:
        told["slowest"] = max(told["slowest"], time.monotonic() - began)
    return answer.status, text


def run(number):
    connection = http.client.HTTPSConnection("localhost", int(port), context=context, timeout=30)
    count = 0
    while not os.path.exists(stop):
        count += 1
        name = f"Steady {number} {count}"
        try:
            status, text = ask(connection, "POST", "/api/v1/accounts", json.dumps({"name": name}))
            made = json.loads(text)
            with lock:
                if status == 201 and made["name"] == name:
                    told["made"] += 1
                else:
                    told["failures"].append(f"POST {status} {text!r}")
            status, text = ask(connection, "GET", f"/api/v1/accounts/{made['id']}")
            with lock:
                if status == 200 and json.loads(text)["name"] == name:
                    told["read"] += 1
                else:
                    told["failures"].append(f"GET {status} {text!r}")
        except Exception as error:
            with lock:
                told["failures"].append(repr(error))
            connection.close()


crowd = [threading.Thread(target=run, args=(number,)) for number in range(int(threads))]
for thread in crowd:
    thread.start()
for thread in crowd:
    thread.join()
print(json.dumps(told))
