#!/usr/bin/env bash
# `claimhouse spark` on a cluster: pack the environment, start a cluster of Spark's own where there is none, submit.
#
#   deploy/spark.sh pack                            dist/spark-env, and the same as dist/spark-env.tar.gz
#   deploy/spark.sh master                          on one machine, which is then spark://HOST:7077
#   deploy/spark.sh worker spark://HOST:7077        on each that is to work; CORES and MEMORY (as 8g) limit it
#   deploy/spark.sh submit MASTER extract ARTICLES OUT --send-gazetteer
#                                                   what follows MASTER goes to `claimhouse spark`; MASTER is
#                                                   spark://HOST:7077, yarn, k8s://… or local[4]
#
# The archive holds Python packages, not Python itself: each machine needs the Python that packed it, at the same path,
# and Java 17 or newer. A machine without this checkout unpacks the archive, and says where in SPARK_ENV for a copy of this script.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
env=${SPARK_ENV:-$here/dist/spark-env}

pack() {
	local uv="$here/.venv/bin/uv" lock="$here/requirements-spark.lock" wheels
	wheels=$(mktemp -d)
	trap 'rm -rf "$wheels"' RETURN
	mkdir -p "$(dirname "$env")"
	"$uv" venv --quiet --clear --relocatable --python "$here/.venv/bin/python" "$env"
	# pyspark comes as source only; what builds it is in the lock too, so it goes first
	"$uv" pip install --quiet --python "$env/bin/python" --require-hashes --no-deps \
		-r <(awk '/^setuptools==/{p=1} p{print} p&&!/\\$/{exit}' "$lock")
	"$uv" pip install --quiet --python "$env/bin/python" --require-hashes --no-build-isolation -r "$lock"
	(cd "$here" && .venv/bin/python -m hatchling build --target wheel --directory "$wheels" >/dev/null)
	"$uv" pip install --quiet --python "$env/bin/python" --no-deps "$wheels"/*.whl
	tar -C "$env" --use-compress-program='gzip -1' -cf "$env.tar.gz.part" .
	mv "$env.tar.gz.part" "$env.tar.gz"
	du -h "$env.tar.gz"
}

# Spark's own starter; that in bin/ looks for Spark with whatever python3 is in the path
spark_class() {
	echo "$env"/lib/python3*/site-packages/pyspark/bin/spark-class
}

case ${1:-} in
pack) pack ;;
master) exec "$(spark_class)" org.apache.spark.deploy.master.Master --host "${HOST:-$(hostname)}" --port "${PORT:-7077}" ;;
worker)
	exec "$(spark_class)" org.apache.spark.deploy.worker.Worker \
		${CORES:+--cores "$CORES"} ${MEMORY:+--memory "$MEMORY"} "${2:?the master, as spark://HOST:7077}"
	;;
submit)
	master=${2:?the master, as spark://HOST:7077}
	shift 2
	export PYSPARK_PYTHON=./env/bin/python
	# what is read as a shell reads it: a folder may have a space in its name
	archive=$(printf %q "$env.tar.gz#env")
	export PYSPARK_SUBMIT_ARGS="--master $master --archives $archive ${SPARK_ARGUMENTS:---executor-memory 4g} pyspark-shell"
	exec "$env/bin/claimhouse" spark "$@"
	;;
*)
	sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2
	exit 2
	;;
esac
