# Claimhouse in a container: one image for the daemon, the UI, the pages and every command.
#
#   docker build -t claimhouse .
#   docker run --rm -v claimhouse-desk:/desk claimhouse init /desk
#   docker run --rm -v claimhouse-desk:/desk claimhouse refresh

FROM python:3.13-slim-bookworm AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# the compiler builds the parser; the image that runs has none
RUN apt-get update \
    && apt-get install --no-install-recommends -y g++ \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY requirements.lock pyproject.toml ./
# everything at the version and hash of the lock, uv itself included
RUN awk '/^uv==/ {p = 1} p {print} p && !/\\$/ {exit}' requirements.lock > uv.txt \
    && pip install --no-cache-dir --require-hashes --no-deps -r uv.txt \
    && uv venv /opt/claimhouse \
    && uv pip install --no-cache --compile-bytecode --python /opt/claimhouse/bin/python \
        --constraint requirements.lock --extra all -r pyproject.toml \
    && uv pip install --no-cache --system --constraint requirements.lock hatchling
COPY . .
RUN python -m hatchling build --target wheel --directory /wheels \
    && uv pip install --no-cache --compile-bytecode --python /opt/claimhouse/bin/python --no-deps /wheels/*.whl

FROM python:3.13-slim-bookworm
COPY --from=build /opt/claimhouse /opt/claimhouse
RUN useradd --uid 10001 --home-dir /desk --shell /usr/sbin/nologin claimhouse \
    && mkdir -p /desk \
    && chown claimhouse:claimhouse /desk
ENV PATH=/opt/claimhouse/bin:$PATH \
    CLAIMHOUSE_DESK=/desk \
    XDG_CACHE_HOME=/desk/.cache \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /desk
# the house: sources, settings, data, and what Dagster and dbt keep
VOLUME ["/desk"]
USER 10001
EXPOSE 3000
ENTRYPOINT ["claimhouse"]
CMD ["status"]
