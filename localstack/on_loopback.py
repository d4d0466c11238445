"""Runs LocalStack bound to 127.0.0.1.

LocalStack 4.13 takes a host in GATEWAY_LISTEN, and its default server then binds 0.0.0.0 all the same, which would open
buckets and queues without keys to the network. It also stays up when its port is taken, as if it listened.
"""

import os
import runpy
import sys

from twisted.internet import endpoints


class LoopbackEndpoint(endpoints.TCP4ServerEndpoint):
    def __init__(self, reactor, port):
        super().__init__(reactor, port, interface="127.0.0.1")

    def listen(self, factory):
        return super().listen(factory).addErrback(end)


def end(failure):
    print(failure.getErrorMessage(), file=sys.stderr, flush=True)
    os._exit(1)


endpoints.TCP4ServerEndpoint = LoopbackEndpoint
runpy.run_module("localstack.runtime.main", run_name="__main__")
