"""One thread a process: the setting that all who load a language model share.

Belongs here: the environment that number libraries read when they are first imported.
"""

import os

_NAMES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def single_threaded_blas() -> None:
    """Keep BLAS to one thread, here and in processes started from here, unless the user says otherwise.

    The model's matrices are small: threads cost more than they bring, and workers are processes.
    """
    for name in _NAMES:
        os.environ.setdefault(name, "1")
