"""An object store for tests: moto's server on this machine, with one bucket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import boto3
import pytest
from moto.server import ThreadedMotoServer

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@contextmanager
def serve_bucket() -> Iterator[str]:
    """The address of an empty bucket, for as long as the server runs; ``{}`` in it stands for a folder.

    Whoever uses it has :data:`CREDENTIALS` in the environment, as this process has.
    """
    with ExitStack() as undo, pytest.MonkeyPatch.context() as patch:
        for name, value in CREDENTIALS.items():
            patch.setenv(name, value)
        server = ThreadedMotoServer(port=0, verbose=False)
        server.start()
        undo.callback(server.stop)
        host, port = server.get_host_and_port()
        boto3.client("s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1").create_bucket(Bucket="news")
        yield f"s3://news/{{}}?endpoint_override={host}:{port}&scheme=http&region=us-east-1"
