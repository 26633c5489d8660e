"""The state in PostgreSQL beside the same statements by libpq: steps of a flow, readings of a token, claims of jobs; many at once."""

import concurrent.futures

from bench import programs
from contest import Contest, Figure, Sample, at_least, at_most
from process import Failed

folder = programs / "postgres"
operation, upload = "production.orders.create", "production.offline.upload_codes"


def contests(bench):
    server = bench.postgres
    peer = bench.compiled(folder / "peer.c", "libpq")
    steps, readings, claims = (1000, 2000, 1000) if bench.quick else (2000, 10_000, 2000)

    def database():
        """One with the tables in it."""
        url = server.database()
        bench.run(bench.c8run, "state", "migrate", environment={"C8_STATE": url})
        return url

    def sample(run, count, work):
        def taken():
            url = database()
            wall, cpu = run(url).output.split()
            return Sample({"wall": float(wall) / count, "cpu": float(cpu) / count}, work(url))
        return taken

    def rows(url):
        return server.ask(
            url, "SELECT key, parent, position, state, writes, attempt, result FROM c8run.step ORDER BY number")

    def figures(name, words, peer="libpq"):
        return [
            Figure(f"postgres-{name}-{measure}", f"{words} in PostgreSQL, {word}", "cost", measure, "µs", goal, peer=peer,
                   scale=1e6)
            for measure, word, goal in (("wall", "wall", at_most(1.5)), ("cpu", "CPU", None))
        ]

    yield Contest(
        "postgres", {
            "c8run": sample(lambda url: bench.script(programs / "steps/steps.lua", steps, state=url), steps, rows),
            "libpq": sample(lambda url: bench.run(peer, "steps", steps, url), steps, rows),
        }, figures("step", "durable step, two commits,"))

    def read(url):
        options, environment = bench.platform({operation: ("/call", "idempotent")})
        return bench.script(folder / "token.lua", readings, options=options, state=url, environment=environment)

    def tokens(url):
        return server.ask(url, "SELECT count(*), length(min(value)) FROM c8run.token")

    yield Contest(
        "postgres", {
            "c8run": sample(read, readings, tokens),
            "libpq": sample(lambda url: bench.run(peer, "token", readings, url), readings, tokens),
            # What a server can be asked through a pooler, which forgets what was prepared.
            "libpq, unnamed": sample(lambda url: bench.run(peer, "token", readings, url, "unnamed"), readings, tokens),
        }, figures("token", "token read") + figures("token-unnamed", "token read, unnamed,", "libpq, unnamed"))

    def waiting(url, count):
        """So many jobs of one line, as they are submitted."""
        bench.script(folder / "trivial.lua", state=url, command="submit", options=["--id", "job 1"])
        server.ask(url, f"""
            INSERT INTO c8run.job (id, state, script_name, script_hash, arguments, terms, tag, priority, submitter, most_attempts,
                submitted_at, changed_at, not_before)
            SELECT 'job ' || copy, state, script_name, script_hash, arguments, terms, tag, priority, submitter, most_attempts,
                submitted_at, changed_at, not_before
            FROM c8run.job, generate_series(2, {count}) AS copy""")

    def taken_jobs(url):
        return server.ask(
            url, "SELECT state, count(*), count(DISTINCT claim), sum(fence), sum(attempts) FROM c8run.job GROUP BY state")

    def claim(program):
        def run(url):
            waiting(url, claims)
            return bench.run(program, "claim", claims, url)
        return sample(run, claims, taken_jobs)

    yield Contest(
        "postgres", {"c8run": claim(bench.store), "libpq": claim(peer)}, figures("claim", "claim of a queued script"))

    def rate(run, processes, count):
        """All together, in a second."""
        def taken():
            url = database()
            with concurrent.futures.ThreadPoolExecutor(processes) as pool:
                walls = list(pool.map(lambda number: float(run(url, number).output.split()[0]), range(processes)))
            return Sample({"rate": processes * count / max(walls)}, processes * count)
        return taken

    processes = 8
    yield Contest(
        "postgres", {
            "c8run": rate(lambda url, number: bench.parallel(
                bench.c8run, folder / "many.lua", number, steps // 4, environment={"C8_STATE": url}), processes, steps // 4),
            "libpq": rate(lambda url, number: bench.parallel(peer, "steps", steps // 4, url), processes, steps // 4),
        }, [Figure("postgres-steps-rate", f"durable steps a second, {processes} processes", "speed", "rate", "a second",
                   peer="libpq")])

    jobs = 2000 if bench.quick else 8000

    def fleet():
        """From the first claim to the last end, by the database's clock."""
        url = database()
        waiting(url, jobs)
        with concurrent.futures.ThreadPoolExecutor(processes) as pool:
            list(pool.map(lambda _: bench.parallel(
                bench.c8run, "worker", "--until-empty", environment={"C8_STATE": url}), range(processes)))
        whole = server.ask(url, "SELECT state, attempts, has_written, count(*) FROM c8run.job GROUP BY 1, 2, 3")
        records = server.ask(url, "SELECT exit_code, ended_at IS NOT NULL, count(*) FROM c8run.job_attempt GROUP BY 1, 2")
        if (whole, records) != ([["done", "1", "f", f"{jobs}"]], [["0", "t", f"{jobs}"]]):
            raise Failed(f"the jobs are not all done once: {whole}, {records}")
        seconds = server.ask(url, "SELECT max(ended_at) - min(started_at) FROM c8run.job")[0][0]
        return Sample({"rate": jobs / float(seconds)}, jobs)

    yield Contest("postgres", {"c8run": fleet}, [
        Figure("postgres-fleet", f"queued scripts of one line a second, {processes} workers", "alone", "rate", "a second",
               at_least(500))])

    def readers():
        url = database()
        bench.run(peer, "token", 1, url)
        done = server.load(url, folder / "token.sql", clients=64, seconds=2 if bench.quick else 5)
        return Sample({"rate": done}, "read")

    yield Contest("postgres", {"pgbench": readers}, [
        Figure("postgres-readers", "token reads a second, 64 connections", "alone", "rate", "a second", ours="pgbench")])

    codes = 1_000_000

    def journal(effect):
        def taken():
            url = database()
            before = server.ask(url, "SELECT pg_current_wal_insert_lsn()")[0][0]
            options, environment = bench.platform({upload: ("/upload", effect)})
            file = bench.codes(codes)
            bench.script(
                programs / "upload/upload.lua", file, "benchmark", options=[*options, f"--allow-read={file}"], state=url,
                environment=environment)
            log, tables = server.ask(
                url, f"SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '{before}'), sum(pg_total_relation_size(oid)) "
                "FROM pg_class WHERE relnamespace = 'c8run'::regnamespace AND relkind = 'r'")[0]
            bench.nginx.take("lengths")
            return Sample(
                {"log": int(log) * 1e6 / codes / 2**20, "tables": int(tables) * 1e6 / codes / 2**20}, codes)
        return taken

    for effect in ("idempotent", "write"):
        yield Contest("postgres", {effect: journal(effect)}, [
            Figure(f"postgres-journal-{effect}-{measure}", f"{words} for a million codes, {effect}", "alone", measure, "MiB",
                   ours=effect)
            for measure, words in (("log", "the server's log"), ("tables", "its tables"))
        ])
